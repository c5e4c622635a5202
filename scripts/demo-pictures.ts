import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Person } from '../test/e2e/browser.ts'
import { boxOf, launcherOf, openDialogue, panelOf, send, showAll } from '../test/e2e/classroom.ts'
import { ask } from '../test/e2e/switch-on.ts'
import type { Simulator } from '../test/moodle-simulator/index.ts'

interface Studio {
  teacher: Person
  simulator: Simulator
  shot: (page: Page, name: string) => Promise<void>
}

const button = (on: Page, name: string | RegExp) => on.getByRole('button', { name, exact: true })
const inPanel = (page: Page, name: string | RegExp) =>
  panelOf(page).getByRole('button', { name, exact: true }).first()

function studio(teacher: Person, simulator: Simulator, folder: string): Studio {
  const shot = async (page: Page, name: string) => {
    const path = join(folder, `${name}.png`)
    await page.evaluate(async () => {
      await Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined)))
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    })
    await page.screenshot({ path })
    console.log(path)
  }
  return { teacher, simulator, shot }
}

async function several({ shot }: Studio, page: Page): Promise<void> {
  const panel = panelOf(page)
  await inPanel(page, 'New').click()
  await panel.getByRole('combobox', { name: 'To' }).fill('group')
  await panel.getByRole('listbox').getByRole('option').first().waitFor()
  await shot(page, 'picker')
  await panel
    .getByRole('listbox')
    .getByRole('option', { name: /Group A/ })
    .click()
  await panel.getByLabel('Subject').fill('Thursday in the lab')
  await boxOf(page).fill('We look at your own cells. Bring your goggles, and wear shoes that may get wet.')
  await shot(page, 'several')
  await send(page)
}

async function inCourse(on: Studio, page: Page): Promise<void> {
  await panelOf(page).locator('.row-place', { hasText: 'Essay 1' }).first().waitFor()
  await on.shot(page, 'list')
  await openDialogue(page, 'Essay 1: your sources')
  await on.shot(page, 'dialogue')
  await inPanel(page, 'Back to the list').click()
  await panelOf(page).getByText('Your place in the lab').click()
  await inPanel(page, 'Reopen').waitFor()
  await on.shot(page, 'closed')
  await inPanel(page, 'Back to the list').click()
  await several(on, page)
  const sent = panelOf(page).locator('button[aria-expanded]', { hasText: 'Thursday in the lab' })
  await sent.click()
  await panelOf(page).getByText('Delivered').or(panelOf(page).getByText('Not answered')).first().waitFor()
  await on.shot(page, 'several-sent')
}

async function fromForum({ teacher, simulator, shot }: Studio): Promise<void> {
  const page = await teacher.page(`${simulator.wwwroot}/mod/forum/discuss.php?d=1`)
  const item = page.getByRole('menuitem', { name: /^Answer privately/ }).first()
  await item.waitFor()
  await shot(page, 'forum')
  await item.click()
  await boxOf(page).waitFor()
  await shot(page, 'forum-begun')
  await page.close()
}

async function atTheDesk({ teacher, shot }: Studio): Promise<void> {
  const page = await teacher.own('options.html#teachers')
  await button(page, 'New rule').click()
  await page.getByLabel(/^Student/).check()
  await page.getByLabel('Template').selectOption('starter-welcome')
  await button(page, 'See who gets what').click()
  const go = button(page, /^Send to \d+ people$/)
  await go.waitFor()
  await shot(page, 'desk-preview')
  await go.click()
  await page.locator('.rule-progress').waitFor()
  await shot(page, 'desk-progress')
  const table = page.getByRole('table')
  await table.getByText('Delivered').nth(49).waitFor({ timeout: 60_000 })
  await page.getByRole('heading', { name: 'Person by person' }).evaluate((head) => head.scrollIntoView())
  await shot(page, 'desk-people')
  await page.close()
}

/** The same list where space, light or direction are others. */
async function elsewhere({ teacher, simulator, shot }: Studio): Promise<void> {
  for (const [name, width, query] of [
    ['dark', 1280, '&theme=dark'],
    ['narrow', 400, '&theme=light'],
    ['right-to-left', 1280, '&lang=ar'],
  ] as const) {
    const page = await teacher.page(`${simulator.wwwroot}/course/view.php?id=2${query}`)
    await page.setViewportSize({ width, height: 800 })
    await launcherOf(page).click()
    await showAll(page)
    await openDialogue(page, 'Essay 1: your sources')
    await shot(page, name)
    await page.close()
  }
}

async function ownPages({ teacher, shot }: Studio): Promise<void> {
  for (const name of ['inbox', 'options', 'popup']) {
    const own = await teacher.own(`${name}.html`)
    if (name === 'popup') await own.setViewportSize({ width: 360, height: 560 })
    await own.locator('#app > *').first().waitFor()
    await own.waitForLoadState('networkidle')
    await shot(own, name)
    await own.close()
  }
}

/** The pictures of README and docs, and what `--screenshots` gives. */
export async function takePictures(teacher: Person, simulator: Simulator, folder: string): Promise<void> {
  const page = teacher.context.pages().find((one) => one.url().includes('/course/view.php'))
  if (!page) throw new Error('no course page is open')
  const on = studio(teacher, simulator, folder)
  const own = await teacher.own('popup.html')
  await ask(own, 'saveSettings', { undoSeconds: 0, undoSeveralSeconds: 5 })
  await own.close()
  await page.bringToFront()
  await inCourse(on, page)
  await fromForum(on)
  await elsewhere(on)
  await ownPages(on)
  await atTheDesk(on)
}
