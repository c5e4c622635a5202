import { computed, signal } from '@preact/signals'
import { isBlank } from '../../lib/dialogue/blank.ts'
import { type Draft, isEmptyDraft } from '../../lib/dialogue/draft.ts'
import type { Sent } from '../../lib/extension/protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { choices, createHeld, followOthers, storeDraft } from './draft-tabs.ts'
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

/** Not to leave before then, where a time was chosen. */
export function putOff(draft: Draft, sendAt: number | undefined): Draft {
  return sendAt === undefined ? draft : { ...draft, sendAt }
}

export type DraftModel = ReturnType<typeof createDraftModel>

/** A quotation that an action of the page put there is nothing of the person's own yet. */
function isUntouched(begin: Draft): boolean {
  return isEmptyDraft(begin) || begin.timeChanged === 0
}

type Held = ReturnType<typeof createHeld>

/** What is typed, and when it is stored. */
function createSaving({ ask }: Connection, held: Held, nowMs: () => number) {
  const { draft, other } = held
  const state = signal<DraftState>(isUntouched(draft.peek()) ? 'untouched' : 'saved')
  const saves = signal(0)
  const isSending = () => state.value === 'sending'
  let timer: ReturnType<typeof setTimeout> | undefined

  function change(patch: Partial<Draft>): void {
    if (isSending()) return
    draft.value = { ...draft.value, ...patch, timeChanged: Math.floor(nowMs() / 1000) }
    state.value = 'changed'
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_AFTER_MS)
  }

  async function save(): Promise<void> {
    clearTimeout(timer)
    if (state.value !== 'changed' && state.value !== 'unsaved') return
    const saving = draft.value
    saves.value++
    const isSame = await storeDraft(ask, held).catch(() => undefined)
    saves.value--
    if (isSending()) return
    if (isSame ?? draft.value === saving) state.value = isSame === undefined ? 'unsaved' : 'saved'
  }

  const isRestful = computed(() => state.value === 'saved' || state.value === 'untouched')
  /** Nothing of one's own is under way. */
  const isQuiet = computed(() => isRestful.value && saves.value === 0 && !other.value)
  return { state, isQuiet, change, save, stopTimer: () => clearTimeout(timer) }
}

export function createDraftModel(connection: Connection, begin: Draft, nowMs = Date.now) {
  const held = createHeld(begin)
  const { draft, size, other, revisions } = held
  const { state, isQuiet, change, save, stopTimer } = createSaving(connection, held, nowMs)

  function clear(): void {
    stopTimer()
    const { to: _, several: _p, subject: _s, repliesExpected: _r, revision: _v, ...kept } = draft.value
    revisions.isNow(undefined)
    draft.value = { ...kept, text: '', messageKey: randomKey() }
    size.value = undefined
    state.value = 'untouched'
  }

  /** Locked while `hand` takes it over; cleared when it was taken. */
  async function sendBy<Answer extends { sent: boolean }>(
    hand: (draft: Draft) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    if (state.value === 'sending') return
    stopTimer()
    state.value = 'sending'
    const answer = await hand({ ...draft.value, ...revisions.basedOn() }).catch(leaveAsIs)
    if (answer?.sent) clear()
    else {
      state.value = 'changed'
      change({})
    }
    return answer
  }

  const send = (sendAt?: number): Promise<Sent | undefined> =>
    sendBy((whole) => connection.ask('send', putOff(whole, sendAt)))

  const stop = followOthers(connection, held, isQuiet, () => {
    state.value = 'saved'
  })

  return {
    ...{ draft, state, size, other, change, save, send, sendBy, stop },
    ...choices(held, change),
    /** Texts to begin with; none where the worker is out of reach. */
    templates: async () => (await connection.ask('templates', {}).catch(leaveAsIs)) ?? [],
    isTooLong: computed(() => size.value !== undefined && size.value.bytes > size.value.limit),
    isBlank: computed(() => isBlank(draft.value.text)),
    /** Words that come back from the outbox stand before what was written meanwhile. */
    takeIn(back: Draft): void {
      const [above, mine] = [back.text, draft.value.text.trim()]
      // What was stored of these words stands below the others already.
      const isThere = above.endsWith(mine)
      revisions.isNow(back.revision)
      change({ ...back, key: draft.value.key, text: isThere ? above : `${above}\n\n${mine}` })
    },
    /** Sent from another tab: its words are on their way, and no draft any more. */
    leaveTo(entries: readonly { key: string }[]): void {
      const isSent = entries.some(({ key }) => key === draft.value.messageKey)
      if (isSent && isQuiet.value && state.value === 'saved') clear()
    },
    /** As the course has it now, unless the person left it out. */
    sign(words: string | undefined): void {
      const { signature, ...rest } = draft.value
      if (signature !== words && signature !== '')
        draft.value = words === undefined ? rest : { ...rest, signature: words }
    },
    removeAbout(): void {
      const { about: _, ...rest } = draft.value
      draft.value = rest
      change({})
    },
  }
}
