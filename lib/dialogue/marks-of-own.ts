import { collapse, cutAtCharacter, withoutControls } from './words.ts'

/** A change of what a person has marked a dialogue with, for their own eyes. What is left out stays. */
export interface Marking {
  /** Nothing more to do, until somebody says something new. */
  done?: boolean
  unreadAgain?: boolean
  /** Unix seconds; null: at once back. */
  snoozeUntil?: number | null
  labels?: string[]
  /** Shown instead of the subject. Empty: the subject again. */
  name?: string
  note?: string
}

const LONGEST_LABEL = 40
const LONGEST_NOTE = 20_000

/** One line, without a comma, which parts labels where they are written. */
export function cleanLabel(label: string): string {
  return cutAtCharacter(collapse(withoutControls(label.replace(/[\s,]+/g, ' '))), LONGEST_LABEL).trim()
}

export function cleanLabels(labels: readonly string[]): string[] {
  const clean = labels.map(cleanLabel).filter((label) => label !== '')
  const byLook = new Map(clean.map((label) => [label.toLowerCase(), label]))
  return [...byLook.values()].sort((a, b) => a.localeCompare(b))
}

export function cleanNote(note: string): string {
  return cutAtCharacter(withoutControls(note), LONGEST_NOTE)
}
