import { type Signal, signal } from '@preact/signals'
import type { BegunRow } from '../../lib/dialogue/begun.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { type Connection, leaveAsIs } from './connection.ts'

/*
 * there ────► thrown    the person threw it away
 * there ────► stuck     the worker could not be asked; it is still there
 * thrown ───► there     undone
 * thrown ───► unreturned  the worker could not store it; held here, to be tried again
 * unreturned ► there    tried again
 */
export type Fate =
  | { state: 'thrown'; draft: Draft }
  | { state: 'unreturned'; draft: Draft }
  | { state: 'stuck' }

export type BegunModel = ReturnType<typeof createBegunModel>

interface Where {
  filter: Signal<unknown>
  /** Goes on with it in the composer. */
  begin: (draft: Draft | undefined) => void
  /** Out of the composer, if it is there. */
  putAway: (key: string) => Promise<void>
}

/** Dialogues that do not exist yet, in the list of drafts: written on, or thrown away. */
export function createBegunModel({ ask }: Connection, { filter, begin, putAway }: Where) {
  const last = signal<Fate | undefined>()
  const stored = ({ accountId, key }: BegunRow) => ask('draft', { accountId, key })

  async function discard({ accountId, key, revision }: Draft): Promise<void> {
    const basedOn = revision === undefined ? {} : { basedOn: [revision] }
    await ask('discardDraft', { accountId, key, ...basedOn })
  }

  return {
    last,
    /** Other lists say nothing of it. */
    stop: filter.subscribe(() => {
      last.value = undefined
    }),
    open: async (row: BegunRow): Promise<void> => begin(await stored(row).catch(leaveAsIs)),
    async throwAway(row: BegunRow): Promise<void> {
      await putAway(row.key)
      try {
        const draft = await stored(row)
        if (!draft) return
        await discard(draft)
        last.value = { state: 'thrown', draft }
      } catch {
        last.value = { state: 'stuck' }
      }
    },
    async undo(): Promise<void> {
      const fate = last.value
      if (!fate || fate.state === 'stuck') return
      try {
        await ask('saveDraft', fate.draft)
        last.value = undefined
      } catch {
        last.value = { ...fate, state: 'unreturned' }
      }
    },
  }
}
