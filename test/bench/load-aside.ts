import {
  type Activity,
  secondsToFirstRound,
  secondsToNextRound,
  slowRoundIsDue,
} from '../../lib/sync/schedule.ts'
import { DAY_SECONDS, type Day, type Spell } from './load-day.ts'
import type { Random } from './load-random.ts'
import type { Server } from './load-server.ts'

/** The person's interval as it comes. */
export const POLL_SECONDS = 60
/** Of a hundred people, so many are in groups with messaging, and on shared computers that forget at log-out. */
const IN_GROUPS = 0.3
const ON_SHARED = 0.1
/** List pages, courses, the search for links, histories: thirty conversations read for the first time. */
const FIRST_SYNC_REQUESTS = 8
/** No alarm of the browser comes sooner. */
export const FINEST_SECONDS = 30
/** `rounds.ts` looks at the clock so often while nobody is there. */
const AWAY_SECONDS = 60

/** What the worker does with the schedule. */
export interface Wiring {
  /** An open conversation is told to the schedule, and brings the next round forward. */
  tellsReading: boolean
  /** The first round after the browser's start waits for its turn. */
  spreadsStart: boolean
}

export const WIRED: Wiring = { tellsReading: true, spreadsStart: true }
export const UNWIRED: Wiring = { tellsReading: false, spreadsStart: false }

/** One browser with one account through one day: what `rounds.ts` and the engine ask the site for, and when. */
class Browser {
  private readonly slowRequests: number
  private readonly isShared: boolean
  private place = 0
  private shown = 0
  private failures = 0
  private toTell = 0
  private timeSlow: number | undefined
  private timeNews: number | undefined
  private wasInUse = false
  private readonly day: Day
  private readonly server: Server
  private readonly random: Random
  private readonly wiring: Wiring

  constructor(day: Day, server: Server, random: Random, wiring: Wiring) {
    this.day = day
    this.server = server
    this.random = random
    this.wiring = wiring
    this.slowRequests = random() < IN_GROUPS ? 2 : 1
    this.isShared = random() < ON_SHARED
  }

  live(): void {
    let time = this.day.spells[0]?.to ?? DAY_SECONDS
    const first = this.spellAt(time)
    if (first && this.wiring.spreadsStart) time = this.openings(time, time + this.firstWait(first))
    for (let spell = this.spellAt(time); spell && time < DAY_SECONDS; spell = this.spellAt(time)) {
      if (spell.doing === 'off') return
      const next = spell.doing === 'away' ? afterAway(time, spell) : this.round(time, spell)
      time = this.openings(time, next)
    }
  }

  private spellAt(time: number): Spell | undefined {
    const { spells } = this.day
    while (this.place < spells.length && (spells[this.place]?.to ?? 0) <= time) this.place++
    return spells[this.place]
  }

  private activityOf({ doing }: Spell): Activity {
    if (doing === 'reading' && !this.wiring.tellsReading) return 'in-use'
    return doing === 'off' ? 'away' : doing
  }

  private firstWait(spell: Spell): number {
    const ask = { activity: this.activityOf(spell), pollSeconds: POLL_SECONDS, random: this.random }
    return secondsToFirstRound(ask) ?? AWAY_SECONDS
  }

  private planned(time: number, spell: Spell, retryAfter?: number): number {
    const activity = this.activityOf(spell)
    const wait = secondsToNextRound({
      activity,
      pollSeconds: POLL_SECONDS,
      failures: this.failures,
      random: this.random,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(this.timeNews === undefined ? {} : { quietSeconds: time - this.timeNews }),
    })
    if (wait === undefined) return time + AWAY_SECONDS
    return time + (activity === 'reading' ? wait : Math.max(FINEST_SECONDS, wait))
  }

  private round(time: number, spell: Spell): number {
    if (!this.server.takes(time, spell.doing, 'rounds')) {
      this.failures++
      return this.planned(time, spell, this.server.retryAfter(time))
    }
    this.failures = 0
    if (this.toTell > 0) this.server.takes(time, spell.doing, 'news')
    this.toTell = this.look(time)
    if (this.toTell > 0) this.server.takes(time, spell.doing, 'news')
    if (slowRoundIsDue(this.timeSlow, Math.floor(time))) this.lookFurther(time, spell)
    return this.planned(time, spell)
  }

  private look(time: number): number {
    const before = this.shown
    const { messages } = this.day
    for (let message = messages[this.shown]; message && message.time <= time; ) {
      const { doing, to } = message.spell
      // Whoever has stopped reading waits for nothing any more.
      if (doing !== 'reading' || time <= to) this.server.shows(doing, message.time, time)
      if (doing === 'reading') this.timeNews = message.time
      message = messages[++this.shown]
    }
    return this.shown - before
  }

  private lookFurther(time: number, { doing }: Spell): void {
    const isFirst = this.timeSlow === undefined && this.isShared
    if (isFirst) this.server.takes(time, doing, 'first sync', FIRST_SYNC_REQUESTS)
    this.server.takes(time, doing, 'slow rounds', this.slowRequests)
    this.timeSlow = Math.floor(time)
  }

  /** What happens on the way to the next round, and when that round is because of it. */
  private openings(time: number, next: number): number {
    const { spells } = this.day
    let end = next
    for (let i = this.place; i < spells.length; i++) {
      const spell = spells[i]
      if (!spell || spell.from >= end) break
      if (spell.from < time || (spell.doing !== 'reading' && spell.doing !== 'in-use')) continue
      if (!this.wasInUse) return this.firstPage(spell)
      if (spell.doing === 'reading') end = this.opens(spell, end)
    }
    return end
  }

  /** Whose session is it? And a round at once. */
  private firstPage({ from, doing }: Spell): number {
    this.wasInUse = true
    this.server.takes(from, doing, 'opening')
    return from
  }

  private opens(spell: Spell, next: number): number {
    this.server.takes(spell.from, 'reading', 'opening')
    this.timeNews = undefined
    if (!this.wiring.tellsReading || this.failures > 0) return next
    return Math.min(next, this.planned(spell.from, spell))
  }
}

function afterAway(time: number, { to }: Spell): number {
  return time + AWAY_SECONDS * Math.ceil((to - time) / AWAY_SECONDS)
}

export function liveWithAside(day: Day, server: Server, random: Random, wiring: Wiring): void {
  new Browser(day, server, random, wiring).live()
}
