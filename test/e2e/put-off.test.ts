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
