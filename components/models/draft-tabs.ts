import { type ReadonlySignal, signal } from '@preact/signals'
import { bothDrafts, type Draft, isEmptyDraft } from '../../lib/dialogue/draft.ts'
import type { DraftSaved } from '../../lib/extension/protocol.ts'
import { type Ask, type Connection, leaveAsIs } from './connection.ts'
import { createRevisions } from './revisions.ts'

/*
 * One draft, several tabs:
 *
 * alone ──► alone    what another tab stored is taken up, where nothing here waits to be saved
 * alone ──► torn     stored from here without knowing what another tab had stored, and the texts differ
 * torn ───► alone    the person has chosen: this one, the other, or both
 */
export function createHeld(begin: Draft) {
  return {
    draft: signal(begin),
    size: signal<DraftSaved | undefined>(),
    /** What another tab wrote meanwhile, until the person has chosen. */
    other: signal<Draft | undefined>(),
    revisions: createRevisions(begin.revision),
  }
}

type Held = ReturnType<typeof createHeld>
type Asked = Draft & { revision: string }

async function discard(ask: Ask, { accountId, key, basedOn }: Asked): Promise<void> {
  await ask('discardDraft', { accountId, key, ...(basedOn ? { basedOn } : {}) })
}

/** Says whether nothing was typed meanwhile. Throws where the worker could not store it. */
export async function storeDraft(ask: Ask, held: Held): Promise<boolean> {
  const { draft, other, size, revisions } = held
  const saving = draft.value
  const asked = revisions.toStore(other.value ? bothDrafts(saving, other.value) : saving)
  if (isEmptyDraft(asked) && saving.to === undefined) {
    size.value = undefined
    await discard(ask, asked)
    revisions.stored(asked.revision)
    return draft.value === saving
  }
  const answer = await ask('saveDraft', asked)
  const isSame = draft.value === saving
  size.value = answer
  takeUp(held, asked, answer, isSame)
  return isSame
}

/** What the store made of it: just that, both in one, or both one below the other. */
function takeUp({ draft, other, revisions }: Held, asked: Asked, answer: DraftSaved, isSame: boolean): void {
  const { revision, key, text, subject } = answer.draft
  const isMoved = key !== asked.key
  if (isMoved) draft.value = { ...draft.value, key }
  if (revision === asked.revision) return revisions.stored(revision)
  if (answer.other) other.value = answer.other
  else if (isSame) draft.value = { ...draft.value, text, ...(subject === undefined ? {} : { subject }) }
  if (answer.other || isSame) revisions.isNow(revision)
}

/** Calls `taken` when another tab's words are shown here. */
export function followOthers(
  { ask, onChange }: Connection,
  { draft, revisions }: Held,
  isQuiet: ReadonlySignal<boolean>,
  taken: () => void,
): () => void {
  const { accountId } = draft.peek()
  async function follow(): Promise<void> {
    const before = draft.value
    if (!isQuiet.value) return
    const stored = await ask('draft', { accountId, key: before.key }).catch(leaveAsIs)
    if (!stored?.revision || revisions.isKnown(stored.revision)) return
    if (draft.value !== before || !isQuiet.value) return
    revisions.isNow(stored.revision)
    draft.value = { ...before, ...stored }
    taken()
  }
  return onChange((change) => {
    const isOurs = change.accountId === undefined || change.accountId === accountId
    if (isOurs && change.topics.includes('drafts')) void follow()
  })
}

/** The person's choice between two texts. */
export function choices({ draft, other }: Held, change: (patch: Partial<Draft>) => void) {
  const choose = (chosen: (theirs: Draft) => Partial<Draft>) => () => {
    const theirs = other.value
    other.value = undefined
    if (theirs) change(chosen(theirs))
  }
  return {
    keepMine: choose(() => ({})),
    takeTheirs: choose(({ text, subject }) => ({ text, ...(subject === undefined ? {} : { subject }) })),
    keepBoth: choose((theirs) => ({ text: bothDrafts(draft.value, theirs).text })),
  }
}
