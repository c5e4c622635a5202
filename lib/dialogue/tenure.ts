import type { AskingNote, OwnersNote, ReadNote } from './rule-note.ts'

/*
 * (nothing) ─► held        its author shares it: the first term
 * held ──────► held        before each slice of people its owner says whom it will reach, and has the lease anew
 * held ──────► released    its owner lets go of it
 * held ──────► (free)      the lease ran out
 * released ──► held        its owner goes on after all; or another takes it over, a term later
 * (free) ────► held        as above
 * any ───────► ended       its owner ends it, or finds that a colleague asked so; or nobody is left whom it could reach
 */

export type Owned = OwnersNote & { id: number; authorId: number }
export type Asked = AskingNote & { id: number; authorId: number }

/** Days, because a teacher's browser is closed over a weekend. */
export const LEASE_SECONDS = 4 * 86_400

/**
 * Later terms first; of two who took it over at the same moment the same one on every computer; then the newest by its
 * lease: one that was given up on may arrive after the next.
 */
function before(a: Owned, b: Owned): number {
  return b.term - a.term || a.authorId - b.authorId || b.timeLease - a.timeLease || b.id - a.id
}

export function ownersNotes(notes: readonly ReadNote[], ruleId: string): Owned[] {
  return notes.filter((note): note is Owned => note.kind === 'rule' && note.ruleId === ruleId).sort(before)
}

/** What a colleague asks of it; one's own asking is none. */
export function asks(notes: readonly ReadNote[], ruleId: string, ownerId: number): Asked[] {
  return notes
    .filter((note): note is Asked => note.kind === 'ask' && note.ruleId === ruleId)
    .filter(({ authorId }) => authorId !== ownerId)
}

/** Whether somebody else may take it over. */
export function isFree({ tenure, timeLease }: OwnersNote, now: number): boolean {
  return tenure === 'released' || (tenure === 'held' && timeLease < now)
}
