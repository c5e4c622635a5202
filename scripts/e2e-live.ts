import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from 'playwright-core'
import { badgeOf, E2E_BUILD, launch, logIn, type Person } from '../test/e2e/browser.ts'
import { beginDialogue, boxOf, openDialogue, openPanel, panelOf, send } from '../test/e2e/classroom.ts'
import { ask, switchOn } from '../test/e2e/switch-on.ts'
import { type Side, walkFromForum } from '../test/live/forum-walk.ts'
import { walkLandmarks } from '../test/live/landmarks-walk.ts'
import { createSteps, endTours, until } from '../test/live/steps.ts'

/**
 * On a running Moodle: the main path, written beside the course, read in Moodle's own messages, answered, and the badge;
 * each place that a page's actions rely on; and a talk from a forum post with somebody who has no extension.
 */
interface Config {
  wwwroot: string
  accounts: Record<'teacher' | 'student1' | 'student2', { username: string; password: string }>
  courseId: number
  /** An assignment of the course. */
  cmid: number
}

const { values } = parseArgs({ options: { config: { type: 'string' }, screenshots: { type: 'string' } } })
if (!values.config || !existsSync(values.config)) {
  throw new Error(
    'Say which Moodle: npm run e2e:live -- --config FILE (JSON: wwwroot, accounts, courseId, cmid)',
  )
}
const config: Config = JSON.parse(readFileSync(values.config, 'utf8'))
const mark = Date.now().toString(36)
const steps = createSteps(values.screenshots)
const { step, picture } = steps

async function enter(who: keyof Config['accounts']): Promise<{ person: Person; page: Page; own: Page }> {
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

type Entered = Awaited<ReturnType<typeof enter>>

async function sideOf({ page, own }: Entered): Promise<Side> {
  const [account] = await ask(own, 'accounts', undefined as never)
  return { page, own, fullName: account?.fullName ?? '', userId: account?.userId ?? 0 }
}

async function walk(teacher: Entered, student: Entered) {
  const subject = `Walk ${mark}`
  const { fullName: studentName } = await sideOf(student)
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
/** With somebody else: of a conversation with more than a hundred messages, Moodle's own page leaves out the newest at first. */
async function further(teacher: Entered): Promise<void> {
  const student = await enter('student2')
  const [one, other] = await Promise.all([sideOf(teacher), sideOf(student)])
  const grounds = { ...config, studentId: other.userId }
  const login = config.accounts.student2
  await walkFromForum({ ...grounds, teacher: one, student: other, login, mark }, steps)
  await student.person.close()
  await walkLandmarks(teacher.page, grounds, steps)
}

const teacher = await enter('teacher')
try {
  const student = await enter('student1')
  await walk(teacher, student)
  await student.person.close()
  await further(teacher)
} finally {
  await teacher.person.close()
}
const { passed, failed } = steps.counts
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
