import { around, type Random, waiting } from './load-random.ts'

/** What somebody's browser is at. `reading` is `in-use` with a conversation open. */
export type Doing = 'off' | 'away' | 'idle' | 'in-use' | 'reading'

export interface Spell {
  from: number
  to: number
  doing: Doing
}

export interface Incoming {
  time: number
  /** What the person was at, and until when. */
  spell: Spell
}

export interface Day {
  spells: Spell[]
  messages: Incoming[]
}

const MINUTE = 60
const HOUR = 3600
const OPENS = 7 * HOUR
/** A day is the seconds from seven to seven. */
export const DAY_SECONDS = 12 * HOUR

export function at(hour: number, minute = 0): number {
  return hour * HOUR + minute * MINUTE - OPENS
}

const BELLS = [
  at(9),
  at(9, 45),
  at(9, 50),
  at(10, 35),
  at(10, 55),
  at(11, 40),
  at(11, 45),
  at(12, 30),
  at(13, 30),
  at(14, 15),
  at(14, 20),
  at(15, 5),
]

type Add = (doing: Doing, seconds: number) => void

/** Somebody working with Moodle: at a page, reading for some minutes, at something else. */
function atWork(add: Add, left: () => number, random: Random): void {
  while (left() > 0) {
    if (random() < 0.3) add('reading', 30 + waiting(200, random))
    add('in-use', waiting(8 * MINUTE, random))
    if (random() < 0.6) add('idle', waiting(5 * MINUTE, random))
  }
}

function lesson(add: Add, left: () => number, random: Random): void {
  const kind = random()
  if (kind < 0.5) atWork(add, left, random)
  else add(kind < 0.8 ? 'idle' : 'away', left())
}

function pause(add: Add, left: () => number, random: Random): void {
  const kind = random()
  if (kind < 0.15) add('reading', 30 + waiting(200, random))
  add(kind < 0.5 ? 'idle' : 'away', left())
}

function arrival(random: Random): number {
  return random() < 0.7 ? at(9) + around(random) * 8 * MINUTE : at(8) + random() * 4 * HOUR
}

/** The whole day's spells without a gap; `startsAt` makes the browser start at that second. */
function spellsOf(random: Random, startsAt?: number): Spell[] {
  const isAbsent = startsAt === undefined && random() < 0.15
  const from = startsAt ?? arrival(random)
  if (isAbsent) return [{ from: 0, to: DAY_SECONDS, doing: 'off' }]
  const leaves = Math.min(DAY_SECONDS, Math.max(from + HOUR, at(15, 5) + waiting(40 * MINUTE, random)))
  const spells: Spell[] = [{ from: 0, to: from, doing: 'off' }]
  let now = from
  const fill = (until: number, how: typeof lesson) => {
    const left = () => until - now
    const add: Add = (doing, seconds) => {
      const to = Math.min(now + seconds, until)
      if (to > now) spells.push({ from: now, to, doing })
      now = Math.max(now, to)
    }
    if (left() > 0) how(add, left, random)
  }
  // A browser that was started for somebody waits for them.
  if (startsAt !== undefined) fill(startsAt + random() * 3 * MINUTE, (add, left) => add('idle', left()))
  BELLS.forEach((bell, i) => {
    fill(Math.min(leaves, bell + random() * 3 * MINUTE), i % 2 === 1 ? lesson : pause)
  })
  fill(leaves, lesson)
  spells.push({ from: leaves, to: DAY_SECONDS, doing: 'off' })
  return spells
}

/** How messages come in an open conversation. */
export interface Talk {
  meanSeconds: number
  /** The share that is followed by another soon. */
  answered: number
}

export const USUAL_TALK: Talk = { meanSeconds: 5 * MINUTE, answered: 0.5 }
const ANSWER_MEAN = 40
const OTHERWISE_MEAN = 2 * HOUR

function messagesIn(spell: Spell, random: Random, talk: Talk): Incoming[] {
  const usual = spell.doing === 'reading' ? talk.meanSeconds : OTHERWISE_MEAN
  const isAnswered = () => spell.doing === 'reading' && random() < talk.answered
  const messages: Incoming[] = []
  let time = spell.from + waiting(usual, random)
  while (time < spell.to) {
    messages.push({ time, spell })
    time += waiting(isAnswered() ? ANSWER_MEAN : usual, random)
  }
  return messages
}

export function dayOf(random: Random, startsAt?: number, talk = USUAL_TALK): Day {
  const spells = spellsOf(random, startsAt)
  const awake = spells.filter(({ doing }) => doing !== 'off' && doing !== 'away')
  return { spells, messages: awake.flatMap((spell) => messagesIn(spell, random, talk)) }
}
