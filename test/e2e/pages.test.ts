import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { violationsIn } from './axe.ts'
import { logIn } from './browser.ts'
import {
  beginDialogue,
  type Classroom,
  COURSE,
  openClassroom,
  openDialogue,
  openPanel,
  panelOf,
  showAll,
} from './classroom.ts'
import { listenTo, type Overheard, strangersIn } from './overheard.ts'
import { makeStrict } from './strict-policy.ts'
import { ask } from './switch-on.ts'

let room: Classroom
let heard: Overheard

/** Light and dark by the system; in a page, by the page. */
const LOOKS = ['light', 'dark'] as const

async function prepare(): Promise<void> {
  const { own, page, simulator } = room
  await ask(own, 'saveSettings', { undoSeconds: 0 })
  await openPanel(page)
  await beginDialogue(page, 'Number3', 'Lab report', 'When can I see it?')
  const isSent = () => simulator.messagesBetween('teacher1', 'student3').length === 1
  await vi.waitUntil(isSent, { timeout: 10_000 })
  simulator.clock.advance(2)
  simulator.say({
    from: 'student4',
    to: 'teacher1',
    text: '<p>May I ask <a href="https://a.example">this</a>?</p>',
  })
  await ask(own, 'refresh', {})
}

beforeAll(async () => {
  room = await openClassroom()
  await prepare()
  heard = listenTo(room.teacher.context)
})

afterAll(() => room.close())

const strangers = () => strangersIn(heard, room.teacher.extensionId, room.simulator.wwwroot)

async function expectClean(page: Page, include: string[]): Promise<void> {
  expect(await violationsIn(page, include)).toEqual([])
}

async function ownPage(path: string, look: 'light' | 'dark', width = 1280): Promise<Page> {
  const page = await room.teacher.context.newPage()
  await page.setViewportSize({ width, height: 800 })
  await page.emulateMedia({ colorScheme: look })
  await page.goto(`chrome-extension://${room.teacher.extensionId}/${path}`)
  await page.locator('#app > *').first().waitFor()
  return page
}

/** List, thread and a new dialogue, wherever they stand. */
async function walk(page: Page, include: string[], isNarrow: boolean): Promise<void> {
  const where = include[0] === 'aside-panel' ? panelOf(page) : page.locator('#app')
  await where.getByText('Lab report').first().waitFor()
  await expectClean(page, include)
  await where.getByText('Student Number4').first().click()
  await where.getByText('May I ask').last().waitFor()
  await expectClean(page, include)
  if (isNarrow) await where.getByRole('button', { name: 'Back' }).click()
  await where.getByRole('button', { name: 'New', exact: true }).first().click()
  await where.getByLabel('Subject').waitFor()
  await expectClean(page, include)
}

describe.each(LOOKS)('in %s', (look) => {
  it('the inbox is without violations', async () => {
    const page = await ownPage('inbox.html', look)
    await walk(page, ['html'], false)
    await page.close()
  })

  it('the side panel is without violations at 360 px and scrolls only downwards', async () => {
    const page = await ownPage('sidepanel.html', look, 360)
    await walk(page, ['html'], true)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await page.close()
  })

  it('the popup is without violations', async () => {
    const page = await ownPage('popup.html', look, 360)
    await page.locator('.popup-accounts').waitFor()
    await expectClean(page, ['html'])
    await page.close()
  })

  it('every tab of the options is without violations', async () => {
    const page = await ownPage('options.html', look)
    const tabs = page.getByRole('tab')
    await tabs.first().waitFor()
    for (const tab of await tabs.all()) {
      await tab.click()
      await expectClean(page, ['html'])
    }
    await page.close()
  })

  it('launcher and panel are without violations on a course page', async () => {
    const page = await room.teacher.page(`${room.simulator.wwwroot}${COURSE}&theme=${look}`)
    await openPanel(page)
    await showAll(page)
    await expectClean(page, ['aside-launcher'])
    await walk(page, ['aside-panel'], true)
    await page.close()
  })
})

describe('beside a page', () => {
  it('that is read from right to left, the panel stands at its left and is without violations', async () => {
    const page = await room.teacher.page(`${room.simulator.wwwroot}${COURSE}&lang=ar`)
    await openPanel(page)
    await showAll(page)
    const box = await panelOf(page).locator('.panel').boundingBox()
    expect(box?.x).toBe(0)
    await walk(page, ['aside-panel'], true)
    await page.goto(`${room.simulator.wwwroot}${COURSE}&lang=en`)
    await page.close()
  })

  it('that forbids whatever it does not hold itself, launcher and panel look and work the same', async () => {
    await makeStrict(room.teacher.context, `${room.simulator.wwwroot}/course/view.php*`)
    const page = await room.teacher.page(room.simulator.wwwroot + COURSE)
    await openPanel(page)
    await showAll(page)
    await openDialogue(page, 'Student Number4')
    await panelOf(page).locator('article a[rel]', { hasText: 'this' }).waitFor()
    const positionOf = (panel: Element) => getComputedStyle(panel).position
    expect(await panelOf(page).locator('.panel').evaluate(positionOf)).toBe('fixed')
    await page.close()
  })
})

describe('the popup', () => {
  it('opens the inbox beside the page', async () => {
    const { own } = room
    const besides = () =>
      own.evaluate(async () => (await chrome.runtime.getContexts({ contextTypes: ['SIDE_PANEL'] })).length)
    expect(await besides()).toBe(0)
    const popup = await ownPage('popup.html', 'light', 360)
    await popup.getByRole('button', { name: 'Open beside the page' }).click()
    await expect.poll(besides, { timeout: 10_000 }).toBe(1)
  })
})

describe('a site that is off', () => {
  it('is offered in the popup, with what is read and kept, without violations', async () => {
    const { teacher, simulator, own } = room
    await own.context().clearCookies()
    await logIn(teacher, simulator.wwwroot, 'student5')
    const page = await teacher.page(simulator.wwwroot + COURSE)
    await page.bringToFront()
    const opened = teacher.context.waitForEvent('page')
    await own.evaluate(() => chrome.tabs.create({ url: '/popup.html', active: false }))
    const popup = await opened
    await popup.getByRole('button', { name: 'Turn on for this site' }).waitFor()
    await expectClean(popup, ['html'])
    await popup.getByRole('button', { name: 'Turn on for this site' }).click()
    await popup.getByRole('button', { name: 'Turn on', exact: true }).waitFor()
    await expectClean(popup, ['html'])
  })
})

describe('all of them', () => {
  it('ask nobody but the extension and the site for anything', () => {
    expect(heard.requests.length).toBeGreaterThan(20)
    expect(strangers()).toEqual([])
  })

  it('complain of nothing on the console', () => {
    expect(heard.complaints).toEqual([])
  })
})
