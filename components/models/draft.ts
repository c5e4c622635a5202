import { computed, signal } from '@preact/signals'
import { isBlank } from '../../lib/dialogue/blank.ts'
import { type Draft, isEmptyDraft } from '../../lib/dialogue/draft.ts'
import type { DraftSaved, Sent } from '../../lib/extension/protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { randomKey } from './ref.ts'

const SAVE_AFTER_MS = 300

/*
 * untouched ──► changed    typed
 * changed ────► saved      300 ms without typing, or focus or page lost
 * changed ────► unsaved    the worker could not store it; tried again with the next change
 * any ────────► sending    asked to send
 * sending ────► untouched  in the outbox
 * sending ────► changed    not taken
 */
export type DraftState = 'untouched' | 'changed' | 'saved' | 'unsaved' | 'sending'

export type DraftModel = ReturnType<typeof createDraftModel>

export function createDraftModel({ ask }: Pick<Connection, 'ask'>, begin: Draft, nowMs = Date.now) {
  const draft = signal(begin)
  const state = signal<DraftState>(isEmptyDraft(begin) ? 'untouched' : 'saved')
  const size = signal<DraftSaved | undefined>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function change(patch: Partial<Draft>): void {
    if (isSending()) return
    draft.value = { ...draft.value, ...patch, timeChanged: Math.floor(nowMs() / 1000) }
    state.value = 'changed'
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_AFTER_MS)
  }

  function isSending(): boolean {
    return state.value === 'sending'
  }

  async function save(): Promise<void> {
    clearTimeout(timer)
    if (state.value !== 'changed' && state.value !== 'unsaved') return
    const saving = draft.value
    const stored = await store(saving).catch(() => false)
    if (draft.value === saving && !isSending()) state.value = stored ? 'saved' : 'unsaved'
  }

  async function store(saving: Draft): Promise<boolean> {
    if (isEmptyDraft(saving) && saving.to === undefined) {
      size.value = undefined
      await ask('discardDraft', { accountId: saving.accountId, key: saving.key })
    } else {
      size.value = await ask('saveDraft', saving)
    }
    return true
  }

  function clear(): void {
    clearTimeout(timer)
    const { to: _, subject: _s, repliesExpected: _r, ...kept } = draft.value
    draft.value = { ...kept, text: '', messageKey: randomKey() }
    size.value = undefined
    state.value = 'untouched'
  }

  function notTaken(): void {
    state.value = 'changed'
    change({})
  }

  async function send(): Promise<Sent | undefined> {
    if (isSending()) return
    clearTimeout(timer)
    state.value = 'sending'
    const answer = await ask('send', draft.value).catch(leaveAsIs)
    if (answer?.sent) clear()
    else notTaken()
    return answer
  }

  return {
    draft,
    state,
    size,
    isTooLong: computed(() => size.value !== undefined && size.value.bytes > size.value.limit),
    isBlank: computed(() => isBlank(draft.value.text)),
    change,
    save,
    send,
    /** Words that come back from the outbox stand before what was written meanwhile. */
    takeIn(back: Draft): void {
      const text = [back.text, draft.value.text].filter((part) => part.trim() !== '').join('\n\n')
      change({ ...back, key: draft.value.key, text })
    },
    removeAbout(): void {
      const { about: _, ...rest } = draft.value
      draft.value = rest
      change({})
    },
  }
}
