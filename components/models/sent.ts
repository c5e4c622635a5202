import { effect, signal } from '@preact/signals'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { Standing } from '../../lib/dialogue/rule-person.ts'
import type { RulePersonView, RuleView } from '../../lib/dialogue/rule-views.ts'
import type { AccountView, Scope } from '../../lib/dialogue/views.ts'
import { type Connection, leaveAsIs } from './connection.ts'

/** Older ones are found in the dialogues themselves. */
const SHOWN = 20
const PEOPLE = 50
const FIRST_MS = 400

interface Where {
  scope: { value: Scope }
  accountId: { value: AccountId | undefined }
  accounts: { value: AccountView[] }
  begin: (draft: Draft | undefined) => void
}

export type SentModel = ReturnType<typeof createSentModel>

/** What was sent to several people: one row each, whose people are read when it is unfolded. */
export function createSentModel(connection: Connection, where: Where) {
  const { ask, onChange } = connection
  const sent = signal<RuleView[]>([])
  const unfolded = signal<string | undefined>()
  const people = signal<RulePersonView[]>([])
  const hasMore = signal(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  function asked(): AccountId[] {
    const { accountId, accounts } = where
    return accountId.value === undefined ? accounts.value.map(({ id }) => id) : [accountId.value]
  }

  async function load(scope: Scope, accountIds: AccountId[]): Promise<void> {
    turn += 1
    const mine = turn
    const course = scope.kind === 'all' || scope.courseId === undefined ? {} : { courseId: scope.courseId }
    const query = { oneOff: true, limit: SHOWN, ...course }
    const lists = await Promise.all(
      accountIds.map((accountId) => ask('rules', { ...query, accountId }).catch(leaveAsIs)),
    )
    if (mine !== turn) return
    const rules = lists.flatMap((list) => list?.rules ?? []).filter(({ state }) => state !== 'draft')
    sent.value = rules.filter((rule) => isHere(rule, scope)).sort((a, b) => b.timeCreated - a.timeCreated)
  }

  /** Whom something is the matter with, first. */
  async function loadPeople(limit: number): Promise<void> {
    const rule = sent.value.find(({ id }) => id === unfolded.value)
    if (!rule) return
    const query = { accountId: rule.accountId, ruleId: rule.id, limit }
    const parts = await Promise.all(
      PARTS.map((part) => ask('rulePeople', { ...query, ...part }).catch(leaveAsIs)),
    )
    if (rule.id !== unfolded.value) return
    people.value = parts.flatMap((part) => part?.people ?? []).slice(0, limit)
    hasMore.value = rule.progress.people > people.value.length
  }

  const stops = [
    onChange(({ topics }) => {
      // An answer changes nothing in the rule but how many have answered.
      if (!topics.includes('rules') && !(topics.includes('dialogues') && sent.value.length > 0)) return
      void load(where.scope.value, asked()).then(() => loadPeople(Math.max(PEOPLE, people.value.length)))
    }),
    effect(() => {
      clearTimeout(timer)
      // The first screenful of dialogues comes first.
      timer = setTimeout(load, turn === 0 ? FIRST_MS : 0, where.scope.value, asked())
    }),
    () => clearTimeout(timer),
  ]

  return {
    ...{ sent, unfolded, people, hasMore },
    async toggle({ id }: RuleView): Promise<void> {
      people.value = []
      hasMore.value = false
      unfolded.value = unfolded.value === id ? undefined : id
      await loadPeople(PEOPLE)
    },
    more: () => loadPeople(people.value.length + PEOPLE),
    retry: ({ accountId, id }: RuleView) => ask('retryRule', { accountId, ruleId: id }).catch(leaveAsIs),
    settle: ({ accountId, id }: RuleView, userIds: number[], arrived: boolean) =>
      ask('settleRule', { accountId, ruleId: id, userIds, arrived }).catch(leaveAsIs),
    sendNow: ({ accountId, id: key }: RuleView) => ask('sendNow', { accountId, key }).catch(leaveAsIs),
    /** Before anything left: a new dialogue again. */
    undo: async ({ accountId, id }: RuleView) =>
      where.begin(await ask('takeBackSeveral', { accountId, ruleId: id }).catch(leaveAsIs)),
    stop() {
      for (const stop of stops) stop()
    },
  }
}

function isHere({ about }: RuleView, scope: Scope): boolean {
  return scope.kind !== 'page' || scope.cmid === undefined || about?.cmid === scope.cmid
}

const PARTS: { standing: Standing; answered?: boolean }[] = [
  { standing: 'refused' },
  { standing: 'unknown' },
  { standing: 'waiting' },
  { standing: 'not-attempted' },
  { standing: 'delivered', answered: true },
  { standing: 'delivered', answered: false },
  { standing: 'dropped' },
]
