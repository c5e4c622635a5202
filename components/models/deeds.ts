import { signal } from '@preact/signals'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Marking } from '../../lib/dialogue/marks-of-own.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { Scope } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { type Connection, leaveAsIs } from './connection.ts'

/** What lies over the list or the dialogue until it is answered or put away. */
export type Sheet =
  | { kind: 'keys' }
  | { kind: 'person'; accountId: string; userId: number }
  | { kind: 'snooze'; refs: DialogueRef[] }
  | { kind: 'later'; send: (time: number) => void }
  | { kind: 'labels'; refs: DialogueRef[] }
  | { kind: 'marks'; ref: DialogueRef }
  | { kind: 'move'; ref: DialogueRef; messageId: number }
  | { kind: 'close'; does: 'close' | 'reopen' }
  | { kind: 'delete'; ref: DialogueRef; messageIds?: number[]; mayForAll: boolean }

export type Deeds = ReturnType<typeof createDeeds>

const UNREACHED: Trouble = { kind: 'unknown', mender: 'wait' }

/** What a person does with dialogues besides reading and writing. */
export function createDeeds({ ask }: Connection, announce: (words: string) => void) {
  const sheet = signal<Sheet | undefined>()

  async function mark(refs: DialogueRef[], change: Marking): Promise<void> {
    await ask('mark', { refs, change }).catch(leaveAsIs)
  }

  async function remove(ref: DialogueRef, messageIds?: number[], forEveryone = false) {
    const what = { ref, ...(messageIds ? { messageIds } : {}), forEveryone }
    const trouble = await ask('deleteMessages', what).catch(() => UNREACHED)
    if (!trouble) announce(t('deleted'))
    return trouble
  }

  return {
    sheet,
    mark,
    remove,
    /** Asks for the time first. */
    sendLater(send: (time: number) => void): void {
      sheet.value = { kind: 'later', send }
    },
    async done(refs: DialogueRef[], done: boolean): Promise<void> {
      await mark(refs, { done })
      announce(done ? plural('markedDone', refs.length) : t('notDone'))
    },
    async read(refs: DialogueRef[]): Promise<void> {
      await ask('markAllRead', { refs }).catch(leaveAsIs)
      announce(plural('markedRead', refs.length))
    },
    async snooze(refs: DialogueRef[], until: number | null): Promise<void> {
      await mark(refs, { snoozeUntil: until })
      announce(until === null ? t('cameBack') : plural('putOff', refs.length))
    },
    async move(ref: DialogueRef, messageId: number, to: string): Promise<void> {
      await ask('move', { ref, messageId, to }).catch(leaveAsIs)
      announce(t('moved'))
    },
    siblings: async (ref: DialogueRef) => (await ask('siblings', { ref }).catch(leaveAsIs)) ?? [],
    moreCounts: (scope: Scope, accountId?: string) =>
      ask('moreCounts', { scope, ...(accountId === undefined ? {} : { accountId }) }).catch(leaveAsIs),
    person: (accountId: string, userId: number) => ask('person', { accountId, userId }).catch(leaveAsIs),
    block: (accountId: string, userId: number, blocked: boolean) =>
      ask('block', { accountId, userId, blocked }).catch(() => UNREACHED),
    mute: (ref: DialogueRef, muted: boolean) => ask('mute', { ref, muted }).catch(() => UNREACHED),
    favourite: (ref: DialogueRef, favourite: boolean) =>
      ask('favourite', { ref, favourite }).catch(() => UNREACHED),
    writeOut: (refs: DialogueRef[]) => ask('openPage', { page: 'export', refs }).catch(leaveAsIs),
    /** To name, label and note it, where no page can read along. */
    toInbox: (ref: DialogueRef) => ask('openPage', { page: 'inbox', ref }).catch(leaveAsIs),
  }
}
