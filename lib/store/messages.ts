import Dexie from 'dexie'
import {
  type AccountId,
  type ConversationKey,
  type DialogueId,
  type DialogueRef,
  GENERAL,
  userOfAccount,
} from '../dialogue/dialogue.ts'
import type { Link } from '../dialogue/link.ts'
import type { Store } from './db.ts'
import { fileAnew } from './file-anew.ts'
import { noteArrived } from './ledger.ts'
import type { LedgerRow, MessageRow } from './rows.ts'
import { toIndex } from './search-queue.ts'

/** Where a message stands that says again what its author said already. */
export const NOWHERE = ''

/** A message as it comes from the site, before it is filed. */
export interface ReadMessage {
  id: number
  authorId: number
  timeCreated: number
  html: string
  link?: Link
  unread?: boolean
}

export const idsOf = (rows: readonly MessageRow[]) => rows.map(({ id }) => id)

export function messagesIn(db: Store, accountId: AccountId, key: ConversationKey, beforeId?: number) {
  return db.messages
    .where('[accountId+key+id]')
    .between([accountId, key, Dexie.minKey], [accountId, key, beforeId ?? Dexie.maxKey], true, false)
}

export function messagesOfDialogue(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  dialogueId: DialogueId,
) {
  return (beforeId?: number) =>
    db.messages
      .where('[accountId+key+dialogueId+id]')
      .between(
        [accountId, key, dialogueId, Dexie.minKey],
        [accountId, key, dialogueId, beforeId ?? Dexie.maxKey],
        true,
        false,
      )
}

/** Filing is `rethread`'s work; until then a message stands in the general dialogue. */
export function newRow(accountId: AccountId, key: ConversationKey, message: ReadMessage): MessageRow {
  const { unread, ...read } = message
  return {
    accountId,
    key,
    ...read,
    unread: unread ? 1 : 0,
    dialogueId: GENERAL,
    guessed: false,
    afterClosing: false,
  }
}

function merged(there: MessageRow, message: ReadMessage): MessageRow {
  const { unread, ...read } = message
  if (there.isDeleted) return there
  return { ...there, ...read, unread: unread === undefined ? there.unread : unread ? 1 : 0 }
}

function ownWithKey(accountId: AccountId, key: ConversationKey, messages: ReadMessage[]): LedgerRow[] {
  const me = userOfAccount(accountId)
  return messages.flatMap(({ id, authorId, link }) =>
    link && authorId === me ? [{ accountId, key: link.m, conversationKey: key, messageId: id }] : [],
  )
}

/** Stores what was read; says how many are new. */
export async function putMessages(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  messages: ReadMessage[],
) {
  return db.transaction('rw', db.messages, db.ledger, db.unindexed, db.filings, async () => {
    await noteArrived(db, ownWithKey(accountId, key, messages))
    const there = await db.messages.bulkGet(
      messages.map(({ id }) => [accountId, key, id] as [string, string, number]),
    )
    const rows = messages.map((message, i) => {
      const row = there[i]
      return row ? merged(row, message) : newRow(accountId, key, message)
    })
    // Most were read before, and a row costs five entries in indexes.
    const changed = rows.filter((row, i) => JSON.stringify(row) !== JSON.stringify(there[i]))
    await db.messages.bulkPut(changed)
    await fileAnew(db, accountId, key, idsOf(changed))
    await toIndex(db, rows, there)
    return there.filter((row) => row === undefined).length
  })
}

export async function knownIds(
  db: Store,
  accountId: AccountId,
  ids: readonly number[],
): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const keys = await db.transaction('r', db.messages, async () =>
    Promise.all(ids.map((id) => db.messages.where({ accountId, id }).primaryKeys())),
  )
  return new Set(keys.flat().map(([, , id]) => id))
}

/** A screenful of lists lies within so many of an account's messages. */
const STRETCH = 500

/** All of an account's messages from one id to another. */
export function heldBetween(
  db: Store,
  accountId: AccountId,
  fromId: number,
  toId: number,
): Promise<MessageRow[]> {
  return db.messages
    .where('[accountId+id]')
    .between([accountId, fromId], [accountId, toId], true, true)
    .limit(STRETCH)
    .toArray()
}

export async function isAmongNewest(
  db: Store,
  { accountId, key, id }: MessageRow,
  newest: number,
): Promise<boolean> {
  const later = db.messages
    .where('[accountId+key+id]')
    .between([accountId, key, id], [accountId, key, Dexie.maxKey], false)
  return (await later.limit(newest).primaryKeys()).length < newest - 1
}

export async function newestId(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
): Promise<number | undefined> {
  return (await messagesIn(db, accountId, key).last())?.id
}

export async function unreadIn(db: Store, ref: DialogueRef): Promise<number[]> {
  const { accountId, conversationKey, dialogueId } = ref
  const marked = await db.messages.where({ accountId, unread: 1 }).toArray()
  return marked.flatMap((row) =>
    row.key === conversationKey && row.dialogueId === dialogueId ? [row.id] : [],
  )
}

/** Deleted on one's own side: the words go, the link goes on telling of the dialogue. */
export async function bury(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  ids: readonly number[],
): Promise<void> {
  const there = await db.messages.bulkGet(ids.map((id) => [accountId, key, id] as [string, string, number]))
  const rows = there.filter((row) => row !== undefined)
  await db.messages.bulkPut(rows.map((row) => ({ ...row, html: '', unread: 0, isDeleted: true })))
  await fileAnew(db, accountId, key, ids)
  await toIndex(db, rows, rows, 'gone')
}

/** Those of a stretch that the site no longer shows are gone there, and so here. */
export async function dropMissing(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  from: { id: number; time: number },
  to: { id: number; time?: number },
  shown: Set<number>,
): Promise<number[]> {
  const stretch = db.messages
    .where('[accountId+key+id]')
    .between([accountId, key, from.id], [accountId, key, to.id], true, true)
  const isWithin = (time: number) => time >= from.time && time <= (to.time ?? Number.POSITIVE_INFINITY)
  const gone = (await stretch.toArray()).filter(
    ({ id, timeCreated, isDeleted }) => isWithin(timeCreated) && !shown.has(id) && !isDeleted,
  )
  await db.messages.bulkDelete(gone.map(({ id }) => [accountId, key, id] as [string, string, number]))
  await fileAnew(db, accountId, key, idsOf(gone))
  await toIndex(db, gone, gone, 'gone')
  return idsOf(gone)
}
