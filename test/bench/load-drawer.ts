import type { Day } from './load-day.ts'
import { type Random, waiting } from './load-random.ts'
import type { Server } from './load-server.ts'

/** `messagingminpoll`, `messagingmaxpoll` and the wait after that; each wait is a second longer than the one before. */
const SHORTEST = 10
const STEP = 1
const LONGEST = 120
const AFTER_LONGEST = 300

/** Counted where the drawer was opened, and the conversation's messages. */
const OPENING_REQUESTS = 3 + 1
const PAGE_MEAN = 60

export function nextDrawerWait(last: number | undefined): number {
  if (last === undefined) return SHORTEST
  return last + STEP > LONGEST ? AFTER_LONGEST : last + STEP
}

/** One tab with Moodle's own drawer through one day: it asks only while a conversation is open. */
export function liveWithDrawer({ spells, messages }: Day, server: Server, random: Random): void {
  let shown = 0
  const showUpTo = (time: number, isSeen = true): number => {
    const before = shown
    for (let message = messages[shown]; message && message.time <= time; message = messages[++shown])
      if (isSeen) server.shows(message.spell.doing, message.time, time)
    return shown - before
  }

  for (const { from, to, doing } of spells) {
    if (doing === 'in-use')
      for (let time = from; time < to; time += waiting(PAGE_MEAN, random))
        if (!server.isDown(time)) showUpTo(time)
    if (doing !== 'reading') continue
    if (server.takes(from, doing, 'opening', OPENING_REQUESTS)) showUpTo(from)
    let wait = nextDrawerWait(undefined)
    for (let time = from + wait; time < to; time += wait) {
      const isNew = server.takes(time, doing, 'rounds') && showUpTo(time) > 0
      // What was found is marked as read, and the waits begin anew.
      if (isNew) server.takes(time, doing, 'news')
      wait = nextDrawerWait(isNew ? undefined : wait)
    }
    showUpTo(to, false)
  }
}
