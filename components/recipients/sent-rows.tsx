import type { ComponentChildren } from 'preact'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import type { DialogueRow } from '../../lib/dialogue/views.ts'
import type { DeskModel } from '../models/desk.ts'
import { SentRow } from './sent-row.tsx'

/** Among the rows by time, after those that are unread: before the first row that is older. */
function placeOf(rule: RuleView, rows: DialogueRow[]): number {
  const at = rows.findIndex((row) => row.unread === 0 && !row.unreadAgain && row.timeLast <= rule.timeCreated)
  return at === -1 ? rows.length : at
}

/** What was sent to several, put where it belongs in the list; only there where the list goes by time. */
export function sentBetween(desk: DeskModel): ((index: number) => ComponentChildren) | undefined {
  const { list, sent } = desk
  const isByTime =
    list.filter.value === 'all' &&
    list.group.value === 'none' &&
    ['unread', 'latest'].includes(list.sort.value)
  if (!isByTime || sent.sent.value.length === 0) return
  const rows = list.rows.value
  const places = sent.sent.value.map((rule) => [placeOf(rule, rows), rule] as const)
  return (index) =>
    places
      .filter(([place]) => place === index)
      .map(([, rule]) => (
        <SentRow key={rule.id} rule={rule} sent={sent} onOpen={(ref) => desk.open(ref, true)} />
      ))
}
