import { computed, signal } from '@preact/signals'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type {
  DialogueList,
  DialogueRow,
  Filter,
  Grouping,
  ListQuery,
  Scope,
  Sort,
} from '../../lib/dialogue/views.ts'
import type { Change } from '../../lib/extension/protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { refKey } from './ref.ts'
import { createSelection } from './selection.ts'

export const PAGE_OF_ROWS = 40
const TOPICS = new Set<Change['topics'][number]>(['dialogues', 'outbox', 'drafts', 'sync', 'accounts'])

export interface ListStart {
  accountId?: AccountId
  scope: Scope
  sort?: Sort
  group?: Grouping
  first?: DialogueList
}

function withoutTwins(rows: DialogueRow[]): DialogueRow[] {
  return [...new Map(rows.map((row) => [refKey(row.ref), row])).values()]
}

/** A group that goes on over the page's end is counted once. */
function joined(held: DialogueList, next: DialogueList): DialogueList {
  const rows = withoutTwins([...held.rows, ...next.rows])
  const groups = [...(held.groups ?? []), ...(next.groups ?? [])]
  const begun = held.begun ? { begun: held.begun } : {}
  return { ...next, rows, ...begun, ...(next.groups ? { groups } : {}) }
}

export type ListModel = ReturnType<typeof createListModel>

export function createListModel({ ask, onChange }: Connection, start: ListStart) {
  const accountId = signal(start.accountId)
  const scope = signal(start.scope)
  const filter = signal<Filter>('all')
  const sort = signal<Sort>(start.sort ?? 'unread')
  const group = signal<Grouping>(start.group ?? 'none')
  const list = signal(start.first)
  let turn = 0
  let isReadingMore = false

  function query(limit: number): ListQuery {
    const account = accountId.value === undefined ? {} : { accountId: accountId.value }
    const order = { sort: sort.value, group: group.value }
    return { ...account, scope: scope.value, filter: filter.value, ...order, limit }
  }

  /** Answers to an earlier choice are thrown away. */
  async function load(limit = PAGE_OF_ROWS): Promise<void> {
    turn += 1
    const mine = turn
    const answer = await ask('dialogues', query(limit)).catch(leaveAsIs)
    if (answer && mine === turn) list.value = answer
  }

  async function more(): Promise<void> {
    const held = list.value
    if (held?.next === undefined || isReadingMore) return
    isReadingMore = true
    const mine = turn
    const answer = await ask('dialogues', { ...query(PAGE_OF_ROWS), cursor: held.next }).catch(leaveAsIs)
    isReadingMore = false
    if (answer && mine === turn) list.value = joined(held, answer)
  }

  function setScope(next: Scope): Promise<void> {
    scope.value = next
    return load()
  }

  /** A second press on a filter takes it off. */
  function toggleFilter(next: Filter): Promise<void> {
    filter.value = filter.value === next ? 'all' : next
    return load()
  }

  function setOrder(order: { sort?: Sort; group?: Grouping }): Promise<void> {
    sort.value = order.sort ?? sort.value
    group.value = order.group ?? group.value
    return load()
  }

  const rows = computed(() => list.value?.rows ?? [])

  const renew = oneAtATime(() => load(Math.max(PAGE_OF_ROWS, list.value?.rows.length ?? 0)))
  const stop = onChange(({ topics }) => {
    if (topics.some((topic) => TOPICS.has(topic))) void renew()
  })

  return {
    accountId,
    scope,
    filter,
    sort,
    group,
    list,
    rows,
    selection: createSelection(rows),
    load,
    more,
    stop,
    setScope,
    toggleFilter,
    setOrder,
  }
}
