import type { Signal } from '@preact/signals'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { NewDialogueSeed } from '../../lib/dialogue/seed.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { beginFrom, beginNew, createNewModel, isTakenBack, type NewModel, newDraftKey } from './new.ts'
import type { Place } from './place.ts'

/** How new dialogues begin: on a page, from an action of the page. */
export function createBeginnings(connection: Connection, place: Signal<Place | undefined>) {
  const { ask } = connection

  /** What was begun on this page, else what was taken back before it left. */
  async function heldDraft(accountId: AccountId, at: Place | undefined): Promise<Draft | undefined> {
    const drafts = (await ask('drafts', { accountId }).catch(leaveAsIs)) ?? []
    return drafts.find(({ key }) => key === newDraftKey(at)) ?? drafts.find(({ key }) => isTakenBack(key))
  }

  return {
    async onPage(accountId: AccountId): Promise<NewModel> {
      const at = place.value
      const held = await heldDraft(accountId, at)
      const compose = createNewModel(connection, held ?? beginNew(accountId, at), at)
      if (!held) void compose.pickFromPage()
      return compose
    },
    /** What was begun for these people about this page, else anew. */
    async from(accountId: AccountId, seed: NewDialogueSeed): Promise<NewModel> {
      const begin = beginFrom(accountId, seed)
      const held = await ask('draft', { accountId, key: begin.key }).catch(leaveAsIs)
      const at = place.value && { ...place.value, ...(seed.courseId ? { courseId: seed.courseId } : {}) }
      return createNewModel(connection, held ?? begin, at, seed)
    },
  }
}
