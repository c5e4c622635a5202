import Dexie from 'dexie'
import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import { GENERAL } from '../dialogue/dialogue.ts'
import { ofAccount } from './accounts.ts'
import { changeConversation } from './conversations.ts'
import type { Store } from './db.ts'
import { fileAnew } from './file-anew.ts'
import { idsOf, messagesIn } from './messages.ts'
import { FILING, rethread } from './rethread.ts'
import type { AccountRow, ConversationRow, DialogueRecord, MessageRow } from './rows.ts'
import { toIndex } from './search-queue.ts'

/** Dialogues with a subject that are still open keep all their words. */
async function openDialogues(db: Store, accountId: AccountId, key: ConversationKey): Promise<Set<string>> {
  const records: DialogueRecord[] = await db.dialogues
    .where(':id')
    .between([accountId, key, Dexie.minKey], [accountId, key, Dexie.maxKey])
    .toArray()
  const open = records.filter(({ state, dialogueId }) => state === 'open' && dialogueId !== GENERAL)
  return new Set(open.map(({ dialogueId }) => dialogueId))
}

/** Links stay for ever, as columns of a message without its words; the rest can be read from the site again. */
function split(rows: MessageRow[], isOld: (row: MessageRow) => boolean) {
  const old = rows.filter(isOld)
  return {
    emptied: old.filter(({ link }) => link).map((row) => ({ ...row, html: '' })),
    gone: old.filter(({ link }) => !link),
  }
}

async function forgetIn(
  db: Store,
  account: AccountRow,
  { key }: ConversationRow,
  { before, openToo }: Old,
): Promise<number> {
  const open = openToo ? new Set<string>() : await openDialogues(db, account.id, key)
  const rows = await messagesIn(db, account.id, key).toArray()
  const isOld = (row: MessageRow) =>
    row.timeCreated < before && row.unread === 0 && row.html !== '' && !open.has(row.dialogueId)
  const { emptied, gone } = split(rows, isOld)
  if (emptied.length + gone.length === 0) return 0
  const lastForgotten = Math.max(...idsOf([...emptied, ...gone]))
  const heldFrom = rows.find(({ id }) => id > lastForgotten)?.id
  await db.messages.bulkPut(emptied)
  await db.messages.bulkDelete(gone.map(({ id }) => [account.id, key, id] as [string, string, number]))
  await fileAnew(db, account.id, key, idsOf([...emptied, ...gone]))
  await toIndex(db, rows.filter(isOld), rows.filter(isOld), 'gone')
  await changeConversation(db, account.id, key, {
    complete: false,
    ...(heldFrom === undefined ? {} : { heldFromId: heldFrom }),
  })
  await rethread(db, account, key)
  return emptied.length + gone.length
}

interface Old {
  /** Unix seconds. */
  before: number
  /** Words of open dialogues too: only where the disk takes nothing else. */
  openToo: boolean
}

/** Forgets the words of messages older than `before` (unix seconds); says of how many. */
export async function forgetOldWords(
  db: Store,
  account: AccountRow,
  before: number,
  openToo = false,
): Promise<number> {
  const conversations: ConversationRow[] = await ofAccount(db, 'conversations', account.id).toArray()
  let forgotten = 0
  for (const conversation of conversations) {
    forgotten += await db.transaction('rw', [...FILING, 'unindexed'], () =>
      forgetIn(db, account, conversation, { before, openToo }),
    )
  }
  return forgotten
}
