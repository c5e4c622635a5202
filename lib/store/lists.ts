import type { AccountId } from '../dialogue/dialogue.ts'
import { type Filter, labelFilter } from '../dialogue/views.ts'
import type { DialogueRecord } from './rows.ts'

/*
 * Each dialogue stands in several lists at once: a scope (everything, a course, a page) times a filter.
 * An entry is one string of a multi-entry index, `account scope filter rank dialogue`, so that a screenful of any list,
 * unread first, then newest first, is one short range of one index, and a count is a range too.
 */
export const SEPARATOR = '\u0001'
/** After everything that begins with what it is added to. */
export const LAST = '\uffff'

export const scopeAll = '*'
export const scopeCourse = (courseId: number): string => `c${courseId}`
export const scopePage = (pageKey: string): string => `p${pageKey}`

function isUnread({ unread, marks }: DialogueRecord): boolean {
  return unread > 0 || marks?.unreadAgain === true
}

/** Snoozed ones by the time of their return. */
function rank(record: DialogueRecord): string {
  const { timeLast, marks } = record
  const isFirst = isUnread(record) && marks?.snoozedUntil === undefined
  return (isFirst ? '1' : '0') + String(marks?.snoozedUntil ?? timeLast).padStart(11, '0')
}

/** Whose turn it is, where two people write to each other. */
function turnOf(record: DialogueRecord, userId: number): Filter[] {
  if (record.kind !== 'individual' || isOver(record) || record.lastAuthorId === undefined) return []
  if (record.lastAuthorId === userId) return record.repliesExpected ? ['waiting'] : []
  return record.repliesExpected || record.openerId === userId ? ['needs-answer'] : []
}

function isOver({ state, marks }: DialogueRecord): boolean {
  return state === 'closed' || marks?.done === true
}

function isUnanswered(record: DialogueRecord, userId: number): boolean {
  const isAsked = record.openerId === userId && record.repliesExpected
  return isAsked && !record.isAnswered && !isOver(record)
}

function filtersOf(record: DialogueRecord, userId: number): Filter[] {
  const { marks = {} } = record
  if (marks.snoozedUntil !== undefined) return ['snoozed']
  return [
    ...(record.isFolded ? [] : (['all'] as const)),
    ...(isUnread(record) ? (['unread'] as const) : []),
    ...turnOf(record, userId),
    ...(record.hasDraft ? (['drafts'] as const) : []),
    ...(isUnanswered(record, userId) ? (['unanswered'] as const) : []),
    ...(isOver(record) ? (['closed'] as const) : []),
    ...(marks.labels ?? []).map(labelFilter),
  ]
}

export function listPrefix(accountId: AccountId, scope: string, filter: Filter): string {
  return [accountId, scope, filter, ''].join(SEPARATOR)
}

export function listEntries(record: DialogueRecord, userId: number, pageKeys: readonly string[]): string[] {
  const scopes = [scopeAll, ...pageKeys.map(scopePage)]
  if (record.courseId !== undefined) scopes.push(scopeCourse(record.courseId))
  const tail = rank(record) + SEPARATOR + record.key + SEPARATOR + record.dialogueId
  return scopes.flatMap((scope) =>
    filtersOf(record, userId).map((filter) => listPrefix(record.accountId, scope, filter) + tail),
  )
}

/** The part of the index that holds one list, from after `cursor` (an entry) downwards. */
export function listRange(prefix: string, cursor?: string): [lower: string, upper: string] {
  return [prefix, cursor ?? prefix + LAST]
}

/** The entry by which a record stands in this list, the cursor to go on from. */
export function entryIn(record: DialogueRecord, prefix: string): string | undefined {
  return record.lists.find((entry) => entry.startsWith(prefix))
}

export function isInList(record: DialogueRecord, scope: string, filter: Filter): boolean {
  return entryIn(record, listPrefix(record.accountId, scope, filter)) !== undefined
}
