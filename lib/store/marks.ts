import type { AccountId, ConversationKey, DialogueId, DialogueRef } from '../dialogue/dialogue.ts'
import type { Marking } from '../dialogue/marks-of-own.ts'
import type { Store } from './db.ts'
import type { DialogueRecord, MarkRow, MarksOfRecord } from './rows.ts'

type Key = [AccountId, ConversationKey, DialogueId]

const keyOf = ({ accountId, conversationKey, dialogueId }: DialogueRef): Key => [
  accountId,
  conversationKey,
  dialogueId,
]

export function markOf(db: Store, ref: DialogueRef): Promise<MarkRow | undefined> {
  return db.marks.get(keyOf(ref))
}

/** What of the marks still holds: somebody's new message ends "done" and "snooze". */
export function holding(mark: MarkRow | undefined, record: DialogueRecord): MarksOfRecord | undefined {
  if (!mark) return undefined
  const { labels = [], name, unreadAgain, doneToId, snooze } = mark
  const { lastReceivedId = 0 } = record
  const marks = {
    ...(labels.length > 0 ? { labels } : {}),
    ...(name ? { name } : {}),
    ...(unreadAgain ? { unreadAgain } : {}),
    ...(doneToId !== undefined && lastReceivedId <= doneToId ? { done: true } : {}),
    ...(snooze && lastReceivedId <= snooze.afterId ? { snoozedUntil: snooze.until } : {}),
  }
  return Object.keys(marks).length > 0 ? marks : undefined
}

/** As screens are shown them. */
export function marksOf(marks: MarksOfRecord = {}) {
  const { name, labels = [], done = false, unreadAgain = false, snoozedUntil } = marks
  return {
    ...(name ? { name } : {}),
    labels,
    isDone: done,
    unreadAgain,
    ...(snoozedUntil === undefined ? {} : { snoozedUntil }),
  }
}

function isEmpty({ accountId: _, key: _k, dialogueId: _d, ...marks }: MarkRow): boolean {
  return Object.values(marks).every((value) => value === undefined)
}

function marked(row: MarkRow, change: Marking, { lastReceivedId = 0 }: Partial<DialogueRecord>): MarkRow {
  const { done, snoozeUntil, unreadAgain, labels, name, note } = change
  const next = { ...row }
  if (done !== undefined) next.doneToId = done ? lastReceivedId : undefined
  if (unreadAgain !== undefined) next.unreadAgain = unreadAgain || undefined
  if (snoozeUntil !== undefined)
    next.snooze = snoozeUntil === null ? undefined : { until: snoozeUntil, afterId: lastReceivedId }
  if (labels !== undefined) next.labels = labels.length > 0 ? labels : undefined
  if (name !== undefined) next.name = name || undefined
  if (note !== undefined) next.note = note || undefined
  return next
}

/** Changes the row; what lists show of it is `relist`'s work. */
export async function putMark(db: Store, ref: DialogueRef, change: Marking): Promise<void> {
  const [accountId, key, dialogueId] = keyOf(ref)
  const record = await db.dialogues.get(keyOf(ref))
  const there = (await markOf(db, ref)) ?? { accountId, key, dialogueId }
  const next = marked(there, change, record ?? {})
  if (isEmpty(next)) await db.marks.delete(keyOf(ref))
  else await db.marks.put(next)
}
