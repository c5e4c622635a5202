import type { AccountId } from '../dialogue/dialogue.ts'
import { type Counts, type Filter, labelFilter, type MoreCounts } from '../dialogue/views.ts'
import { ofAccount } from './accounts.ts'
import { begunCount } from './begun.ts'
import type { Store } from './db.ts'
import { listPrefix, listRange, scopeAll, scopePage } from './lists.ts'
import { isRemembered, remembered } from './remembered.ts'
import type { AccountRow, MarkRow } from './rows.ts'

export function inList(db: Store, prefix: string, [from, to] = listRange(prefix)) {
  return db.dialogues.where('lists').between(from, to, true, false)
}

const questionOf = (prefix: string) => `count ${prefix}`

/** Counting a thousand index entries takes the browser 10 ms. */
export function countOf(db: Store, prefix: string): Promise<number> {
  return remembered(db, 'dialogues', questionOf(prefix), async () => inList(db, prefix).count())
}

const FILTERS = { unread: 'unread', needsAnswer: 'needs-answer', waiting: 'waiting' } as const
const MORE = { drafts: 'drafts', unanswered: 'unanswered', closed: 'closed', snoozed: 'snoozed' } as const

async function sumOf(
  db: Store,
  accounts: readonly AccountRow[],
  scope: string,
  filter: Filter,
): Promise<number> {
  const each = await Promise.all(accounts.map(({ id }) => countOf(db, listPrefix(id, scope, filter))))
  return each.reduce((sum, n) => sum + n, 0)
}

async function each<Name extends string>(
  db: Store,
  accounts: readonly AccountRow[],
  scope: string,
  filters: Record<Name, Filter>,
): Promise<Record<Name, number>> {
  const names = Object.keys(filters) as Name[]
  const counts = await Promise.all(names.map((name) => sumOf(db, accounts, scope, filters[name])))
  return Object.fromEntries(names.map((name, i) => [name, counts[i] ?? 0])) as Record<Name, number>
}

export function countsOf(db: Store, accounts: readonly AccountRow[], scope: string): Promise<Counts> {
  return each(db, accounts, scope, FILTERS)
}

/** Nothing, rather than that anybody waits for them to be counted. */
export async function countsAtHand(
  db: Store,
  accounts: readonly AccountRow[],
  scope: string,
): Promise<Counts | undefined> {
  const isAtHand = accounts.every(({ id }) =>
    Object.values(FILTERS).every((filter) =>
      isRemembered(db, 'dialogues', questionOf(listPrefix(id, scope, filter))),
    ),
  )
  return isAtHand ? countsOf(db, accounts, scope) : undefined
}

export async function moreCountsOf(
  db: Store,
  accounts: readonly AccountRow[],
  scope: string,
): Promise<MoreCounts> {
  const [counts, labels, begun] = await Promise.all([
    each(db, accounts, scope, MORE),
    labelsOf(db, accounts, scope),
    begunCount(db, accounts, scope),
  ])
  return { ...counts, drafts: counts.drafts + begun, labels }
}

/** Dialogues with something unread, muted ones left out: the badge's number. */
export async function unreadDialogues(db: Store, accountId: AccountId): Promise<number> {
  const records = await inList(db, listPrefix(accountId, scopeAll, 'unread')).toArray()
  const keys = records.map(({ key }) => [accountId, key] as [string, string])
  const conversations = await db.conversations.bulkGet(keys)
  return conversations.filter((conversation) => !conversation?.isMuted).length
}

/** The labels that are in use, by name, with how many dialogues of this scope each. */
async function labelsOf(db: Store, accounts: readonly AccountRow[], scope: string) {
  const marks: MarkRow[] = (
    await Promise.all(accounts.map(({ id }) => ofAccount(db, 'marks', id).toArray()))
  ).flat()
  const labels = [...new Set(marks.flatMap((mark) => mark.labels ?? []))].sort((a, b) => a.localeCompare(b))
  return Promise.all(
    labels.map(async (label) => ({
      label,
      dialogues: await sumOf(db, accounts, scope, labelFilter(label)),
    })),
  )
}

/** How many dialogues are about each of these activities; those without any are left out. */
export async function coursePagesCounts(db: Store, accountId: AccountId, cmids: readonly number[]) {
  const each = await Promise.all(
    cmids.map(async (cmid) => {
      const count = (filter: Filter) => countOf(db, listPrefix(accountId, scopePage(`cm${cmid}`), filter))
      const [dialogues, unread] = await Promise.all([count('all'), count('unread')])
      return { cmid, dialogues, unread }
    }),
  )
  return each.filter(({ dialogues }) => dialogues > 0)
}
