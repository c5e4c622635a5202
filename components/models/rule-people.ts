import { computed, signal } from '@preact/signals'
import type { Standing } from '../../lib/dialogue/rule-person.ts'
import type { RulePeople, RulePersonView } from '../../lib/dialogue/rule-views.ts'
import type { RuleRef } from '../../lib/extension/rule-protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'

/** A page of the table: what is drawn is the same for ten people and ten thousand. */
export const PAGE = 50
const AT_ONCE = 500

export interface PeopleFilter {
  standing?: Standing
  answered?: boolean
}

export type RulePeopleModel = ReturnType<typeof createRulePeopleModel>

/** Whom a rule has reached, a page at a time. */
export function createRulePeopleModel({ ask, onChange }: Connection, ref: RuleRef) {
  const filter = signal<PeopleFilter>({})
  const page = signal<RulePeople | undefined>()
  /** Where the pages before this one began. */
  const before = signal<(string | undefined)[]>([])
  const withCourse = signal(false)
  let from: string | undefined
  let turn = 0

  const read = (limit: number, cursor: string | undefined, wanted: PeopleFilter) =>
    ask('rulePeople', {
      ...ref,
      ...wanted,
      limit,
      ...(withCourse.value ? { withCourse: true } : {}),
      ...(cursor === undefined ? {} : { cursor }),
    })

  async function load(): Promise<void> {
    turn += 1
    const mine = turn
    const answer = await read(PAGE, from, filter.value).catch(leaveAsIs)
    if (answer && mine === turn) page.value = answer
  }

  function go(to: string | undefined, back: (string | undefined)[]): Promise<void> {
    from = to
    before.value = back
    return load()
  }

  return {
    ...{ ref, filter, page, withCourse, load },
    /** How many stand before the first of this page. */
    offset: computed(() => before.value.length * PAGE),
    show(wanted: PeopleFilter): Promise<void> {
      filter.value = wanted
      return go(undefined, [])
    },
    showCourse(on: boolean): Promise<void> {
      withCourse.value = on
      return load()
    },
    async next(): Promise<void> {
      const to = page.value?.next
      if (to !== undefined) await go(to, [...before.value, from])
    },
    async previous(): Promise<void> {
      if (before.value.length > 0) await go(before.value.at(-1), before.value.slice(0, -1))
    },
    /** All whom the filter lets through; throws where the worker does not answer. */
    async all(wanted: PeopleFilter): Promise<RulePersonView[]> {
      const all: RulePersonView[] = []
      let cursor: string | undefined
      do {
        const answer = await read(AT_ONCE, cursor, wanted)
        all.push(...answer.people)
        cursor = answer.next
      } while (cursor !== undefined)
      return all
    },
    watch(): () => void {
      void load()
      return onChange(({ topics, accountId }) => {
        const isOurs = accountId === undefined || accountId === ref.accountId
        if (isOurs && (topics.includes('rules') || topics.includes('outbox'))) void load()
      })
    },
  }
}
