import { type DialogueRef, personOf } from '../dialogue/dialogue.ts'
import { answerDraftKey } from '../dialogue/draft.ts'
import { accountWith } from './accounts.ts'
import type { Store } from './db.ts'
import { listEntries } from './lists.ts'
import { holding } from './marks.ts'
import { ordersOf } from './orders.ts'
import { pageKeysOf } from './page-keys.ts'
import type { AccountRow, DialogueRecord } from './rows.ts'

/** What the person has of these dialogues besides the messages, read at once. */
async function ownOf(db: Store, records: DialogueRecord[]) {
  const refs = records.map((record) => [record.accountId, record.key, record.dialogueId] as const)
  const drafts = refs.map(([id, key, dialogueId]) => [id, answerDraftKey(key, dialogueId)] as const)
  return Promise.all([
    db.marks.bulkGet(refs.map(([...ref]) => ref as [string, string, string])),
    db.drafts.bulkGet(drafts.map(([...key]) => key as [string, string])),
  ])
}

/** What they are called by whom they are with and what they are about. */
async function namesOf(db: Store, records: DialogueRecord[]) {
  const pick = <T>(value: T | undefined, accountId: string): [string, T][] =>
    value === undefined ? [] : [[accountId, value]]
  const look = async <T, Row>(
    table: { bulkGet(keys: [string, T][]): PromiseLike<(Row | undefined)[]> },
    of: (record: DialogueRecord) => T | undefined,
  ) => {
    // Many at once are of one course.
    const each = records.flatMap((record) => pick(of(record), record.accountId))
    const keys = [...new Map(each.map((key) => [key[1], key])).values()]
    const rows = await table.bulkGet(keys)
    const byKey = new Map(keys.map(([, key], i) => [key, rows[i]]))
    return (record: DialogueRecord) => {
      const key = of(record)
      return key === undefined ? undefined : byKey.get(key)
    }
  }
  return Promise.all([
    look(db.people, ({ key }) => personOf(key)),
    look(db.conversations, ({ key }) => key),
    look(db.courses, ({ courseId }) => courseId),
    look(db.places, ({ url }) => url),
  ])
}

/** Openings of a message to several people stand in its one row, until somebody answers. */
async function foldedOf(db: Store, records: DialogueRecord[]): Promise<Set<DialogueRecord>> {
  const alone = records.filter(({ ruleId, isAnswered, count }) => ruleId && !isAnswered && count <= 1)
  const rules = await db.rules.bulkGet(
    alone.map(({ accountId, ruleId }) => [accountId, ruleId ?? ''] as [string, string]),
  )
  return new Set(alone.filter((_, i) => rules[i]?.oneOff))
}

/** Puts dialogues into the lists and orders where they belong, by what is known of them now. */
export async function listed(
  db: Store,
  account: AccountRow,
  records: DialogueRecord[],
): Promise<DialogueRecord[]> {
  const [[marks, drafts], [person, conversation, course, place], folded] = await Promise.all([
    ownOf(db, records),
    namesOf(db, records),
    foldedOf(db, records),
  ])
  return records.map((before, i) => {
    const { marks: _, hasDraft: _d, isFolded: _f, ...bare } = before
    const held = holding(marks[i], bare)
    const record: DialogueRecord = {
      ...bare,
      ...(held ? { marks: held } : {}),
      ...(drafts[i] ? { hasDraft: true } : {}),
      ...(folded.has(before) && !drafts[i] ? { isFolded: true } : {}),
    }
    const pageKeys = pageKeysOf(record, account)
    const names = {
      person: person(record),
      groupName: conversation(record)?.name,
      course: course(record)?.name,
      place: place(record)?.name,
    }
    const lists = listEntries(record, account.userId, pageKeys)
    return { ...record, lists, orders: ordersOf(record, pageKeys[0], names) }
  })
}

/** Tables that `listed` reads and `relist` writes. */
export const LISTING = [
  'dialogues',
  'marks',
  'drafts',
  'people',
  'conversations',
  'courses',
  'places',
  'accounts',
  'rules',
]

/** After something beside the messages has changed. */
export async function relist(db: Store, refs: readonly DialogueRef[]): Promise<void> {
  await db.transaction('rw', LISTING, async () => {
    for (const { accountId, conversationKey, dialogueId } of refs) {
      const account = await accountWith(db, accountId)
      const record = await db.dialogues.get([accountId, conversationKey, dialogueId])
      if (account && record) await db.dialogues.bulkPut(await listed(db, account, [record]))
    }
  })
}
