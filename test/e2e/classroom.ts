import type { Locator, Page } from 'playwright-core'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type LaunchOptions, launch, logIn, type Person } from './browser.ts'
import { switchOn } from './switch-on.ts'

/** A teacher at a course page with Aside switched on; what a test needs to begin. */
export interface Classroom {
  simulator: Simulator
  teacher: Person
  /** The course page. */
  page: Page
  /** One of the extension's own pages, to ask the worker and read the badge. */
  own: Page
  close(): Promise<void>
}

export const COURSE = '/course/view.php?id=2'

export async function openClassroom(
  options: { onlyMe?: boolean; launch?: LaunchOptions; simulator?: Simulator } = {},
): Promise<Classroom> {
  const simulator = options.simulator ?? (await startSimulator())
  const teacher = await launch(options.launch)
  await logIn(teacher, simulator.wwwroot, 'teacher1')
  const page = await teacher.page(simulator.wwwroot + COURSE)
  const own = await switchOn(teacher, simulator.wwwroot, options.onlyMe ?? true)
  await page.bringToFront()
  const close = async () => {
    await teacher.close()
    await simulator.close()
  }
  return { simulator, teacher, page, own, close }
}

export const launcherOf = (page: Page): Locator => page.locator('aside-launcher button')
export const panelOf = (page: Page): Locator => page.locator('aside-panel')
export const rowsOf = (page: Page): Locator => panelOf(page).locator('.row, [data-row]')
export const boxOf = (page: Page): Locator => panelOf(page).locator('textarea')

export async function openPanel(page: Page): Promise<Locator> {
  await launcherOf(page).click()
  const panel = panelOf(page)
  await panel.getByRole('heading', { name: 'Dialogues' }).waitFor()
  return panel
}

export async function showAll(page: Page): Promise<void> {
  await panelOf(page).getByRole('button', { name: 'All', exact: true }).click()
}

export async function openDialogue(page: Page, name: string | RegExp): Promise<void> {
  await panelOf(page).getByText(name).first().click()
  await boxOf(page).waitFor()
}

export async function beginDialogue(page: Page, to: string, subject: string, text: string): Promise<void> {
  const panel = panelOf(page)
  await panel.getByRole('button', { name: 'New', exact: true }).click()
  await panel.getByRole('combobox', { name: 'To' }).fill(to)
  await panel
    .getByRole('option', { name: new RegExp(to) })
    .first()
    .click()
  await panel.getByLabel('Subject').fill(subject)
  await boxOf(page).fill(text)
  await send(page)
}

export async function send(page: Page): Promise<void> {
  await panelOf(page)
    .getByRole('button', { name: /^Send to / })
    .click()
}
