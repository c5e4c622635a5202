import { DAY_SECONDS, type Doing } from './load-day.ts'

/** What the site answers while it is down: nothing more, "in so many seconds", or "when I am back". */
export type RetryAfter = number | 'the end' | undefined

export interface Outage {
  from: number
  to: number
  retryAfter?: RetryAfter
}

/** What a request is for; `news`: reading what is new, and telling what was read. */
export type Kind = 'rounds' | 'slow rounds' | 'news' | 'opening' | 'first sync'

function none(): Record<Kind, number> {
  return { rounds: 0, 'slow rounds': 0, news: 0, opening: 0, 'first sync': 0 }
}

const LONGEST_WAIT = DAY_SECONDS

/** Counts every request by its second, and every message by how long it took to be shown. */
export class Server {
  readonly perSecond = new Uint32Array(DAY_SECONDS)
  readonly byKind = none()
  /** Requests that belong to reading: opening a conversation and what follows while it is open. */
  readonly readingByKind = none()
  readonly waits: Record<'reading' | 'in-use' | 'idle', Uint32Array> = {
    reading: new Uint32Array(LONGEST_WAIT + 1),
    'in-use': new Uint32Array(LONGEST_WAIT + 1),
    idle: new Uint32Array(LONGEST_WAIT + 1),
  }
  private readonly outage: Outage | undefined

  constructor(outage?: Outage) {
    this.outage = outage
  }

  /** Takes requests of the same moment; false: none was answered. */
  takes(time: number, doing: Doing, kind: Kind, requests = 1): boolean {
    const second = Math.floor(time)
    if (second >= DAY_SECONDS) return true
    this.perSecond[second] = (this.perSecond[second] ?? 0) + requests
    this.byKind[kind] += requests
    if (doing === 'reading') this.readingByKind[kind] += requests
    return !this.isDown(time)
  }

  isDown(time: number): boolean {
    return this.outage !== undefined && time >= this.outage.from && time < this.outage.to
  }

  retryAfter(time: number): number | undefined {
    const told = this.outage?.retryAfter
    return told === 'the end' ? Math.ceil((this.outage?.to ?? time) - time) : told
  }

  /** A message that came at `from` was seen at `to`. */
  shows(doing: Doing, from: number, to: number): void {
    if (doing === 'off' || doing === 'away') return
    const waits = this.waits[doing]
    const seconds = Math.min(LONGEST_WAIT, Math.round(to - from))
    waits[seconds] = (waits[seconds] ?? 0) + 1
  }
}
