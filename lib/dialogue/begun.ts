import { type Chosen, chosenOf } from './chosen.ts'
import type { AccountId } from './dialogue.ts'
import { type About, type Draft, isEmptyDraft } from './draft.ts'
import type { Course } from './views.ts'
import { collapse, cutAtCharacter } from './words.ts'

/** A line of the list for a dialogue that does not exist yet: its first message is half-written. */
export interface BegunRow {
  accountId: AccountId
  /** Of its draft. */
  key: string
  subject?: string
  /** The first of those it is written to. */
  to: Chosen[]
  /** Besides these. */
  more: number
  /** The first words, in one line. */
  words: string
  timeChanged: number
  course?: Course
  about?: About
}

const NAMED = 3
const SNIPPET = 140

/** What the person wrote; a quotation alone is better than nothing. */
function firstWords(text: string): string {
  const own = collapse(text.replace(/^>.*$/gm, ''))
  return cutAtCharacter(own || collapse(text), SNIPPET)
}

export function isBegun(draft: Draft): boolean {
  return !isEmptyDraft(draft)
}

/** Of what it is about, else of the group or role that it goes to. */
export function courseIdOf({ about, several = [] }: Pick<Draft, 'about' | 'several'>): number | undefined {
  return about?.courseId ?? several.flatMap((one) => (one.kind === 'person' ? [] : one.courseId))[0]
}

/** Names only: whom a group is written to without stays with the draft. */
function named(one: Chosen): Chosen {
  return one.kind === 'person' ? one : { ...one, without: [] }
}

export function begunRow(draft: Draft, course?: Course): BegunRow {
  const { accountId, key, subject, text, timeChanged, about } = draft
  const chosen = chosenOf(draft)
  return {
    ...{ accountId, key, timeChanged, words: firstWords(text) },
    ...(subject?.trim() ? { subject } : {}),
    to: chosen.slice(0, NAMED).map(named),
    more: Math.max(0, chosen.length - NAMED),
    ...(course ? { course } : {}),
    ...(about ? { about } : {}),
  }
}
