import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  type Classroom,
  COURSE,
  launcherOf,
  openClassroom,
  openPanel,
  panelOf,
  showAll,
} from './classroom.ts'
import { ask } from './switch-on.ts'

let room: Classroom

beforeEach(async () => {
  room = await openClassroom()
})

afterEach(() => room.close())

/** Long before any round: the worker tells of it, and nobody asks. Milliseconds are `npm run bench`'s to measure. */
const SOON = { timeout: 10_000 }

it('what is read in one tab is read in the other, in list and launcher', async () => {
  const { simulator, teacher, page, own } = room
  simulator.say({ from: 'student1', to: 'teacher1', text: '<p>Have you a minute?</p>' })
  const other = await teacher.page(simulator.wwwroot + COURSE)
  await ask(own, 'refresh', {})
  for (const tab of [page, other]) {
    await tab.bringToFront()
    await openPanel(tab)
    await showAll(tab)
    await panelOf(tab).locator('.row[data-unread="true"]').waitFor()
    await expect.poll(() => launcherOf(tab).textContent()).toContain('1')
  }
  await page.bringToFront()
  await panelOf(page).locator('.row[data-unread="true"]').click()
  await expect.poll(() => panelOf(other).locator('.row[data-unread="true"]').count(), SOON).toBe(0)
  await expect.poll(() => launcherOf(other).textContent(), SOON).not.toContain('1')
})
