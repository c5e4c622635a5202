import type { AccountId } from '../dialogue/dialogue.ts'
import type { Filter } from '../dialogue/views.ts'
import type { DialogueRecord } from './rows.ts'

/*
 * Each dialogue stands in several lists at once: a scope (everything, a course, a page) times a filter.
 * An entry is one string of a multi-entry index, `account scope filter rank dialogue`, so that a screenful of any list,
 * unread first, then newest first, is one short range of one index, and a count is a range too.
 */
const SEPARATOR = '\u0001'
const END = '\uffff'

export const scopeAll = '*'
export const scopeCourse = (courseId: number): string => `c${courseId}`
export const scopePage = (pageKey: string): string => `p${pageKey}`

function rank(record: DialogueRecord): string {
  return (record.unread > 0 ? '1' : '0') + String(record.timeLast).padStart(11, '0')
}

function filtersOf(record: DialogueRecord, userId: number): Filter[] {
  const filters: Filter[] = ['all']
  if (record.unread > 0) filters.push('unread')
  if (record.kind !== 'individual' || record.state === 'closed' || record.lastAuthorId === undefined)
    return filters
  const mine = record.lastAuthorId === userId
  if (mine && record.repliesExpected) filters.push('waiting')
  if (!mine && (record.repliesExpected || record.openerId === userId)) filters.push('needs-answer')
  return filters
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
  return [prefix, cursor ?? prefix + END]
}

/** The entry by which a record stands in this list, the cursor to go on from. */
export function entryIn(record: DialogueRecord, prefix: string): string | undefined {
  return record.lists.find((entry) => entry.startsWith(prefix))
}

export function rankOfEntry(entry: string): string {
  return entry.split(SEPARATOR)[3] ?? ''
}
