import type { Page } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { badgeOf, logIn } from './browser.ts'
import {
  boxOf,
  type Classroom,
  COURSE,
  launcherOf,
  openClassroom,
  openDialogue,
  openPanel,
  panelOf,
  send,
  showAll,
} from './classroom.ts'
import { ask } from './switch-on.ts'

let room: Classroom

afterEach(() => room.close())

/** The first reading is done, so that what is asked for next is asked for alone. */
async function settled(own: Page): Promise<void> {
  await expect.poll(async () => (await listOf(own)).sync.phase, { timeout: 10_000 }).toBe('up-to-date')
}

async function open(options: Parameters<typeof openClassroom>[0] = {}): Promise<Classroom> {
  room = await openClassroom(options)
  await ask(room.own, 'saveSettings', { undoSeconds: 0 })
  await settled(room.own)
  return room
}

/** Another person's login in the same browser replaces the cookie, as Moodle does. */
async function logOut(page: Page, wwwroot: string): Promise<void> {
  const link = page.locator('a[href*="/login/logout.php"]').first()
  await link.click()
  await page.goto(`${wwwroot}/login/index.php`)
}

const accountsOf = (own: Page) => ask(own, 'accounts', undefined as never)
const listOf = (own: Page) => ask(own, 'dialogues', { scope: { kind: 'all' }, filter: 'all', limit: 20 })

describe('a session', () => {
  it('that ends is said quietly, loses nothing, and goes on with the next login', async () => {
    const { page, own, simulator, teacher } = await open()
    await openPanel(page)
    await showAll(page)
    await openDialogue(page, 'Student Number1')
    const before = simulator.messagesBetween('teacher1', 'student1').length
    simulator.expireSessions('teacher1')
    await boxOf(page).fill('Written too late')
    await send(page)
    await panelOf(page)
      .locator('article.entry')
      .getByText(/log in/i)
      .waitFor()
    await expect.poll(async () => (await accountsOf(own))[0]?.state).toBe('signed-out')
    expect(simulator.messagesBetween('teacher1', 'student1')).toHaveLength(before)
    await expect.poll(async () => (await badgeOf(own)).title).toMatch(/log in to moodle/i)

    await logIn(teacher, simulator.wwwroot, 'teacher1')
    await page.goto(simulator.wwwroot + COURSE)
    await expect
      .poll(() => simulator.messagesBetween('teacher1', 'student1').length, { timeout: 15_000 })
      .toBe(before + 1)
  })

  it('is not kept alive by polling', async () => {
    const { own, simulator } = await open()
    const seen = simulator.sessionsOf('teacher1').map(({ lastaccess }) => lastaccess)
    simulator.clock.advance(300)
    const { requests } = simulator
    requests.clear()
    await ask(own, 'refresh', {})
    await expect.poll(() => requests.count('core_message_get_messages')).toBeGreaterThan(0)
    expect(
      requests.all().every(({ path, nosessionupdate }) => nosessionupdate || !path.includes('service.php')),
    ).toBe(true)
    expect(simulator.sessionsOf('teacher1').map(({ lastaccess }) => lastaccess)).toEqual(seen)
  })
})

describe('another user’s login on the same browser', () => {
  it.each([true, false])('shows and sends nothing of the first one (only me: %s)', async (onlyMe) => {
    const { page, own, simulator, teacher } = await open({ onlyMe })
    await openPanel(page)
    await showAll(page)
    await openDialogue(page, 'Student Number1')
    simulator.setMessaging(false)
    await boxOf(page).fill('Tara’s words')
    await send(page)
    await panelOf(page).locator('article.entry').waitFor()
    await logOut(page, simulator.wwwroot)
    simulator.setMessaging(true)
    await logIn(teacher, simulator.wwwroot, 'student2')
    simulator.requests.clear()
    await page.goto(simulator.wwwroot + COURSE)
    await page.waitForLoadState('networkidle')
    await ask(own, 'refresh', {})
    expect(await launcherOf(page).count()).toBe(0)
    expect((await listOf(own)).rows.filter(() => !onlyMe)).toEqual([])
    expect(
      simulator.messagesBetween('teacher1', 'student1').filter(({ text }) => text.includes('Tara')),
    ).toEqual([])
    expect(
      simulator.requests
        .all()
        .filter(({ userid, functions }) => userid === 6 && functions.some((name) => name.includes('send'))),
    ).toEqual([])

    await logOut(page, simulator.wwwroot)
    await logIn(teacher, simulator.wwwroot, 'teacher1')
    await page.goto(simulator.wwwroot + COURSE)
    await expect
      .poll(
        async () => {
          await ask(own, 'refresh', {})
          return simulator.messagesBetween('teacher1', 'student1').filter(({ text }) => text.includes('Tara'))
            .length
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(1)
  })

  it('wipes what was cached on a computer that others use too, but not the unsent words', async () => {
    const { page, own, simulator, teacher } = await open({ onlyMe: false })
    await expect.poll(async () => (await listOf(own)).rows.length).toBeGreaterThan(0)
    await logOut(page, simulator.wwwroot)
    await logIn(teacher, simulator.wwwroot, 'student2')
    await page.goto(simulator.wwwroot + COURSE)
    await expect
      .poll(async () => (await ask(own, 'storageUse', undefined as never)).accounts[0]?.messages)
      .toBe(0)
    expect((await accountsOf(own))[0]?.state).toBe('locked')
  })
})

describe('a log-out on a computer that others use too', () => {
  it('wipes also when a request noticed the end before the page did', async () => {
    const { page, own, simulator } = await open({ onlyMe: false })
    await expect.poll(async () => (await listOf(own)).rows.length).toBeGreaterThan(0)
    const link = page.locator('a[href*="/login/logout.php"]').first()
    await page.route('**/login/logout.php*', (route) => route.fulfill({ status: 204 }))
    await link.click()
    simulator.expireSessions('teacher1')
    await ask(own, 'refresh', {})
    await expect
      .poll(async () => (await ask(own, 'storageUse', undefined as never)).accounts[0]?.messages)
      .toBe(0)
  })

  it('cannot be undone by saying that nobody else is here', async () => {
    const { own, simulator } = await open({ onlyMe: false })
    const [account] = await accountsOf(own)
    simulator.expireSessions('teacher1')
    await ask(own, 'refresh', {})
    await expect.poll(async () => (await accountsOf(own))[0]?.state).toBe('locked')
    await ask(own, 'setOnlyMe', { accountId: account?.id ?? '', onlyMe: true })
    expect((await listOf(own)).rows).toEqual([])
    expect(
      await ask(own, 'useToken', { accountId: account?.id ?? '', pasted: simulator.tokenOf('teacher1') }),
    ).toMatchObject({ kind: 'not-permitted' })
  })
})
