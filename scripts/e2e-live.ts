import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { badgeOf, E2E_BUILD, launch, logIn, type Person } from '../test/e2e/browser.ts'
import { beginDialogue, boxOf, openDialogue, openPanel, panelOf, send } from '../test/e2e/classroom.ts'
import { ask, switchOn } from '../test/e2e/switch-on.ts'

/** The main path on a running Moodle: written beside the course, read in Moodle's own messages, answered, and the badge. */
interface Config {
  wwwroot: string
  accounts: Record<'teacher' | 'student1', { username: string; password: string }>
  courseId: number
}

const { values } = parseArgs({ options: { config: { type: 'string' }, screenshots: { type: 'string' } } })
if (!values.config || !existsSync(values.config)) {
  throw new Error(
    'Say which Moodle: npm run e2e:live -- --config FILE (JSON: wwwroot, accounts, courseId, cmid)',
  )
}
const config: Config = JSON.parse(readFileSync(values.config, 'utf8'))
const mark = Date.now().toString(36)
let passed = 0
let failed = 0

async function step(what: string, work: () => Promise<unknown>): Promise<void> {
  const began = Date.now()
  try {
    await work()
    passed++
    console.log(`✓ ${what} (${Date.now() - began} ms)`)
  } catch (error) {
    failed++
    console.log(`✗ ${what}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
  }
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (
    const end = Date.now() + 30_000;
    Date.now() < end;
    await new Promise((done) => setTimeout(done, 300))
  ) {
    if (await isSo()) return
  }
  throw new Error(`not within 30 seconds: ${what}`)
}

/** A fresh site shows newcomers round; the tour's veil would take the first click. */
async function endTours(page: Page): Promise<void> {
  const end = page.locator('[data-flexitour="container"] [data-role="end"]').first()
  await page.addLocatorHandler(end, () => end.click())
}

async function enter(who: 'teacher' | 'student1'): Promise<{ person: Person; page: Page; own: Page }> {
  const person = await launch()
  const { username, password } = config.accounts[who]
  await logIn(person, config.wwwroot, username, password)
  const page = await person.page(`${config.wwwroot}/course/view.php?id=${config.courseId}`)
  await endTours(page)
  const own = await switchOn(person, config.wwwroot)
  await ask(own, 'saveSettings', { undoSeconds: 0 })
  await page.bringToFront()
  return { person, page, own }
}

async function picture(page: Page, name: string): Promise<void> {
  if (!values.screenshots) return
  mkdirSync(values.screenshots, { recursive: true })
  await page.screenshot({ path: join(values.screenshots, `${name}.png`) })
}

async function nameOf(own: Page): Promise<string> {
  return (await ask(own, 'accounts', undefined as never))[0]?.fullName ?? ''
}

async function walk(teacher: Awaited<ReturnType<typeof enter>>, student: Awaited<ReturnType<typeof enter>>) {
  const subject = `Walk ${mark}`
  const studentName = await nameOf(student.own)
  await step('the panel opens beside the course', () => openPanel(teacher.page))
  await step('a dialogue is begun', () =>
    beginDialogue(teacher.page, studentName, subject, `Written beside the course, ${mark}.`),
  )
  await step('it is delivered', () =>
    until('no entry is on its way', async () => {
      const shown = await panelOf(teacher.page).getByText(`${mark}.`, { exact: false }).count()
      return shown > 0 && (await panelOf(teacher.page).locator('article.entry').count()) === 0
    }),
  )
  await picture(teacher.page, 'teacher-sent')
  await step('the student reads it in Moodle’s own messages', async () => {
    const own = await student.person.page(`${config.wwwroot}/message/index.php`)
    await until(
      'the message page shows it',
      async () => (await own.getByText(`Written beside the course, ${mark}.`).count()) > 0,
    )
    await picture(own, 'moodle-messages')
    await own.close()
  })
  // An open dialogue is read as it comes.
  await step('the teacher goes back to the list', () =>
    panelOf(teacher.page).getByRole('button', { name: 'Back' }).click(),
  )
  await step('the student answers in the panel', async () => {
    await ask(student.own, 'refresh', {})
    await openPanel(student.page)
    await openDialogue(student.page, subject)
    await boxOf(student.page).fill(`Answered, ${mark}.`)
    await send(student.page)
    await until(
      'it is delivered',
      async () => (await panelOf(student.page).locator('article.entry').count()) === 0,
    )
  })
  await picture(student.page, 'student-answered')
  await step('the badge lights up', () =>
    until('a number on the badge', async () => {
      await ask(teacher.own, 'refresh', {})
      return /\d/.test((await badgeOf(teacher.own)).text)
    }),
  )
  await step('reading the answer marks it read', async () => {
    const before = (await badgeOf(teacher.own)).text
    await openDialogue(teacher.page, subject)
    await panelOf(teacher.page).getByText(`Answered, ${mark}.`, { exact: true }).waitFor()
    await until('the number is lower', async () => (await badgeOf(teacher.own)).text !== before)
    await ask(teacher.own, 'refresh', {})
  })
  await picture(teacher.page, 'teacher-answered')
}

const { status } = spawnSync(join('node_modules', '.bin', 'wxt'), ['build', '--mode', 'e2e'], {
  stdio: 'ignore',
})
if (status !== 0 || !existsSync(E2E_BUILD))
  throw new Error('The extension could not be built: npx wxt build --mode e2e')
const teacher = await enter('teacher')
const student = await enter('student1')
try {
  await walk(teacher, student)
} finally {
  await teacher.person.close()
  await student.person.close()
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
