import { liveWithAside, UNWIRED, WIRED, type Wiring } from './load-aside.ts'
import { at, type Day, dayOf, type Talk, USUAL_TALK } from './load-day.ts'
import { liveWithDrawer } from './load-drawer.ts'
import { freshness, mean, peak, total } from './load-figures.ts'
import { type Random, randomFrom } from './load-random.ts'
import { type Outage, Server } from './load-server.ts'

export const OUTAGE = { from: at(9, 55), to: at(10, 5) } satisfies Outage

/** Until then nothing but the return makes a peak. */
const NEXT_BELL = at(10, 35)

/** More users than this are these many, each counted as often as it takes. */
export const MOST_SIMULATED = 50_000
/** A single day of ten people says little. */
const FEWEST_USER_DAYS = 10_000
const MOST_DAYS = 100
const PEAK_SECONDS = 10

type Live = (day: Day, server: Server, random: Random) => void

const aside =
  (wiring: Wiring): Live =>
  (...life) =>
    liveWithAside(...life, wiring)

interface Scenario {
  name: string
  live: Live
  outage?: Outage
  startsAt?: number
  talk?: Talk
}

export const SCENARIOS = {
  aside: { name: 'Aside', live: aside(WIRED) },
  asideOutage: { name: 'Aside, outage', live: aside(WIRED), outage: OUTAGE },
  asideTold: {
    name: 'Aside, outage, Retry-After: 300',
    live: aside(WIRED),
    outage: { ...OUTAGE, retryAfter: 300 },
  },
  asideDate: {
    name: 'Aside, outage, Retry-After: its end',
    live: aside(WIRED),
    outage: { ...OUTAGE, retryAfter: 'the end' },
  },
  asideStart: { name: 'Aside, all browsers start at 9:00:00', live: aside(WIRED), startsAt: at(9) },
  unwired: { name: 'Aside without reading and spread start', live: aside(UNWIRED) },
  unwiredStart: { name: 'the same, all start at 9:00:00', live: aside(UNWIRED), startsAt: at(9) },
  drawer: { name: 'drawer', live: liveWithDrawer },
  drawerOutage: { name: 'drawer, outage', live: liveWithDrawer, outage: OUTAGE },
} satisfies Record<string, Scenario>

/** The comparison hangs on how messages come, so it is made for several ways. */
export const TALKS: { name: string; talk: Talk }[] = [
  { name: 'as assumed: one in 5 min, half of them followed soon', talk: USUAL_TALK },
  { name: 'lively: one in 2 min, half of them followed soon', talk: { meanSeconds: 120, answered: 0.5 } },
  { name: 'by chance: one in 5 min', talk: { meanSeconds: 300, answered: 0 } },
  { name: 'rare: one in 20 min', talk: { meanSeconds: 1200, answered: 0 } },
]

export interface Load {
  name: string
  users: number
  simulated: number
  /** Requests per second: the mean of a quiet half-hour, and busiest ten seconds. */
  rest: number
  nine: number
  normalPeak: number
  /** In the half-hour after the outage, where there is one. */
  afterPeak: number
  busiestSecond: number
  /** Requests of one person on one day. */
  perDay: number
  /** Those of them while reading, and of these the ones for opening conversations. */
  perDayReading: number
  perDayOpening: number
  byKind: Record<string, number>
  /** Seconds until a message is shown. */
  fresh: Record<'reading' | 'in-use' | 'idle', { mean: number; median: number; p95: number }>
}

function oneDay(scenario: Scenario, users: number, day: number): Server {
  const server = new Server(scenario.outage)
  for (let user = 0; user < users; user++) {
    const seed = day * users + user
    const life = dayOf(randomFrom(seed * 2), scenario.startsAt, scenario.talk)
    scenario.live(life, server, randomFrom(seed * 2 + 1))
  }
  return server
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function loadOf(name: string, users: number, simulated: number, days: Server[]): Load {
  const weight = users / simulated
  const each = (of: (server: Server) => number) => weight * median(days.map(of))
  const perUser = (of: (server: Server) => number) =>
    days.reduce((sum, server) => sum + of(server), 0) / days.length / simulated
  const [first = new Server()] = days
  return {
    name,
    users,
    simulated: simulated * days.length,
    rest: each(({ perSecond }) => mean(perSecond, at(11, 5), at(11, 35))),
    nine: each(({ perSecond }) => peak(perSecond, PEAK_SECONDS, at(8, 50), at(9, 30))),
    normalPeak: each(({ perSecond }) => peak(perSecond, PEAK_SECONDS)),
    afterPeak: each(({ perSecond }) => peak(perSecond, PEAK_SECONDS, OUTAGE.to, NEXT_BELL)),
    busiestSecond: each(({ perSecond }) => peak(perSecond, 1)),
    perDay: perUser(({ perSecond }) => total(perSecond)),
    perDayReading: perUser(({ readingByKind }) => total(Object.values(readingByKind))),
    perDayOpening: perUser(({ readingByKind }) => readingByKind.opening),
    byKind: Object.fromEntries(
      Object.keys(first.byKind).map((kind) => [
        kind,
        perUser(({ byKind }) => byKind[kind as keyof typeof byKind]),
      ]),
    ),
    fresh: {
      reading: freshness(first.waits.reading),
      'in-use': freshness(first.waits['in-use']),
      idle: freshness(first.waits.idle),
    },
  }
}

export interface Run {
  load: Load
  /** Requests of each second, of the first day, for one user. */
  perUserSecond: Float64Array
}

export function run(scenario: Scenario, users: number): Run {
  const simulated = Math.min(users, MOST_SIMULATED)
  const wanted = Math.min(MOST_DAYS, Math.ceil(FEWEST_USER_DAYS / simulated))
  const days = Array.from({ length: wanted }, (_, day) => oneDay(scenario, simulated, day))
  const load = loadOf(scenario.name, users, simulated, days)
  return { load, perUserSecond: Float64Array.from(days[0]?.perSecond ?? [], (count) => count / simulated) }
}

/** The same run for a number of users that is not simulated one by one. */
export function scaled({ load }: Run, users: number): Load {
  const by = users / load.users
  const { rest, nine, normalPeak, afterPeak, busiestSecond } = load
  return {
    ...load,
    users,
    rest: rest * by,
    nine: nine * by,
    normalPeak: normalPeak * by,
    afterPeak: afterPeak * by,
    busiestSecond: busiestSecond * by,
  }
}
