import { withPrefixes } from './apply-blocks.ts'
import type { About } from './draft.ts'
import type { Participant } from './participant.ts'

/** What a page's action hands to "New dialogue". */
export interface NewDialogueSeed {
  /** Several: a private copy each. None: the person picks them. */
  to: Participant[]
  subject?: string
  /** The page as its recipient can open it. */
  about?: About
  courseId?: number
  /** Words of the recipient's, as they were shown, to be quoted. */
  quote?: string
  /** One line for the writer's eyes, never sent: "Submitted for grading". */
  note?: string
}

/** One draft for the same people about the same page, so that what was begun is found again. */
export function seedKey({ to, about, courseId }: NewDialogueSeed): string {
  const people = to.map(({ id }) => id).sort((a, b) => a - b)
  return `new/u${people.join(',')}/${about?.url ?? courseId ?? 0}`
}

/** Shown and sent as a quotation, with room below it to write. */
export function quoted(words: string): string {
  const text = words.trim()
  return text === '' ? '' : `${withPrefixes({ text, start: 0, end: text.length }, 'quote').text}\n\n`
}
