import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { badgeOf, stopWorker } from './browser.ts'
import { type Classroom, openClassroom } from './classroom.ts'
import { ask } from './switch-on.ts'

declare const chrome: {
  alarms: {
    get(name: string): Promise<{ scheduledTime: number } | undefined>
    create(name: string, when: { when: number }): Promise<void>
  }
}

let room: Classroom

beforeAll(async () => {
  room = await openClassroom()
  room.simulator.say({ from: 'student5', to: 'teacher1', text: '<p>Before Friday?</p>' })
  await ask(room.own, 'refresh', {})
  // No screen of ours is left that could ask for the list, and by asking bring something back.
  await room.page.goto('about:blank')
})

afterAll(() => room.close())

const badge = async () => (await badgeOf(room.own)).text
const nextRing = (own: Page) =>
  own.evaluate(async () => (await chrome.alarms.get('round'))?.scheduledTime ?? Number.POSITIVE_INFINITY)
const ringAt = (own: Page, when: number) =>
  own.evaluate((when) => chrome.alarms.create('round', { when }), when)

/** Long enough to see it gone, on a slow machine too. */
const AWAY_SECONDS = 6
/** Browsers let no published extension set an alarm any sooner. */
const FINEST_MS = 30_000

describe('what was put off', () => {
  it('comes back by the browser’s alarm when its time has come, though the worker sleeps and no screen is open', async () => {
    const { own } = room
    await expect.poll(badge).toBe('1')
    const { rows } = await ask(own, 'dialogues', { scope: { kind: 'all' }, filter: 'unread', limit: 1 })
    const until = Math.floor(Date.now() / 1000) + AWAY_SECONDS
    await ask(own, 'mark', { refs: rows.map(({ ref }) => ref), change: { snoozeUntil: until } })
    await expect.poll(badge).toBe('')
    await expect.poll(() => nextRing(own)).toBeLessThanOrEqual(Date.now() + FINEST_MS)
    await stopWorker(own)
    expect(await badge()).toBe('')
    // The alarm that it has set, at the time that it would have had without that limit.
    await ringAt(own, (until + 1) * 1000)
    await expect.poll(badge, { timeout: 20_000 }).toBe('1')
  })
})

describe('a message that is to leave later', () => {
  it('leaves at its time by the browser’s alarm, once, though the worker sleeps and no screen is open', async () => {
    const { own, simulator } = room
    const [account] = await ask(own, 'accounts', undefined)
    const sendAt = Math.floor(Date.now() / 1000) + AWAY_SECONDS
    const about = { url: `${simulator.wwwroot}/course/view.php?id=2`, name: 'Biology 101', courseId: 2 }
    const draft = { key: 'new/2/0', messageKey: 'p7d2w8zr41ch', timeChanged: sendAt, subject: 'Later', about }
    const to = { id: 5, fullName: 'Student Number1' }
    const words = { accountId: account?.id ?? '', text: 'By and by', to, sendAt }
    expect(await ask(own, 'send', { ...draft, ...words })).toMatchObject({ sent: true })
    const there = () =>
      [...simulator.school.messages.values()].filter(({ text }) => text.includes('By and by')).length
    await expect.poll(() => nextRing(own)).toBeLessThanOrEqual(Date.now() + FINEST_MS + AWAY_SECONDS * 1000)
    await stopWorker(own)
    expect(there()).toBe(0)
    await ringAt(own, (sendAt + 1) * 1000)
    await expect.poll(there, { timeout: 20_000 }).toBe(1)
    // Whatever rings again finds nothing to send.
    await ask(own, 'refresh', {})
    expect(there()).toBe(1)
  })
})
