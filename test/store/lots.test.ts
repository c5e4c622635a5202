import { beforeEach, describe, expect, it } from 'vitest'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import type { OutboxEntry } from '../../lib/dialogue/outbox.ts'
import { arrivalsOf } from '../../lib/store/arrival-rows.ts'
import { asTheyStand, forgetFiled, noteReached, tellPeople } from '../../lib/store/arrivals.ts'
import { openStore, type Store } from '../../lib/store/db.ts'
import { entriesWith } from '../../lib/store/lots.ts'
import {
  entriesAs,
  entriesIn,
  entriesOf,
  firstSending,
  keysOf,
  lastPosition,
  moveEntry,
  removeEntries,
} from '../../lib/store/outbox.ts'
import { type PlannedEntry, planEntries } from '../../lib/store/plan-entries.ts'
import { countPeople } from '../../lib/store/rule-counts.ts'
import { addPeople, changePeople, standingsOf } from '../../lib/store/rule-people.ts'
import { putRule } from '../../lib/store/rules.ts'

const accountId = '3@moodle.example'
const NOW = 1_790_000_000
const rule: OpenRule = {
  accountId,
  id: 'rule',
  secret: 'secret',
  audience: { kind: 'people', userIds: [] },
  subject: 'Welcome',
  text: 'Hello',
  repliesExpected: true,
  state: 'active',
  timeCreated: NOW,
  timeChanged: NOW,
}
const due = {
  kind: 'due',
  holder: 'me',
  untilMs: NOW * 1000 + 1,
  nowMs: NOW * 1000,
  timeServer: NOW,
} as const
const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)
let store: Store
let names = 0

const planned = (userId: number): PlannedEntry => ({
  key: `key${userId}`,
  accountId,
  conversationKey: `u${userId}`,
  dialogueId: `dialogue${userId}`,
  text: 'Hello',
  html: '<p>Hello</p>',
  hasLink: true,
  ruleId: rule.id,
  state: 'written',
  timeWritten: NOW,
  notBeforeMs: 0,
  attempts: 0,
  looks: 0,
})

/** The same step in which a run plans: as many as are said leave at once. */
async function plan(userIds: readonly number[], leaving = userIds.length, of = rule) {
  const entries = userIds.map(planned)
  const keys = new Set(entries.slice(0, leaving).map(({ key }) => key))
  return planEntries(store, of, entries, NOW, { keys, underWay: new Set(), event: due })
}

const rows = async (): Promise<string[]> => (await store.outbox.toArray()).map(({ state }) => String(state))
const reached = async (entries: readonly OutboxEntry[]) =>
  noteReached(
    store,
    entries.map((entry, i) => ({ ...entry, messageId: 700 + i })),
  )

beforeEach(async () => {
  store = openStore(`lots-${++names}`)
  await putRule(store, rule)
  await addPeople(store, rule, ids(1, 60))
})

describe('messages of a rule that leave at once', () => {
  it('are a row of the outbox for each request’s worth, and are read like any other', async () => {
    const { count, taken } = await plan(ids(1, 60), 50)
    expect([count, taken.length]).toEqual([60, 50])
    expect((await rows()).sort()).toEqual(['lot', 'lot', ...Array(10).fill('written')])
    const all = await entriesOf(store, accountId)
    expect(all.map(({ position }) => position)).toEqual(ids(1, 60))
    expect((await entriesAs(store, accountId, ['sending'])).map(({ key }) => key)).toEqual(
      ids(1, 50).map((id) => `key${id}`),
    )
    expect(await entriesIn(store, accountId, 'u30')).toMatchObject([{ key: 'key30', state: 'sending' }])
    expect(await entriesIn(store, 'another', 'u30')).toEqual([])
    expect(await firstSending(store, accountId)).toMatchObject({ key: 'key1' })
    expect(await lastPosition(store, accountId)).toBe(60)
    expect([...(await keysOf(store, accountId))]).toEqual(expect.arrayContaining(['key1', 'key50', 'key60']))
    expect((await entriesWith(store, accountId, ['key60', 'key2', 'none'])).map(({ key }) => key)).toEqual([
      'key60',
      'key2',
    ])
  })

  it('are planned once, whoever plans them again', async () => {
    await plan(ids(1, 30))
    expect(await plan(ids(10, 40))).toMatchObject({ count: 10 })
    expect((await entriesOf(store, accountId)).map(({ key }) => key)).toEqual(
      ids(1, 40).map((id) => `key${id}`),
    )
    await moveEntry(store, accountId, 'key1', { kind: 'lease-lost', nowMs: NOW * 1000 + 2 } as never)
    expect(await plan(ids(1, 40))).toMatchObject({ count: 0, taken: [] })
  })

  it('leave their lot one by one when they are filed, and it goes with the last', async () => {
    await plan(ids(1, 25))
    await removeEntries(
      store,
      accountId,
      ids(1, 10).map((id) => `key${id}`),
    )
    expect(await rows()).toEqual(['lot'])
    expect((await entriesOf(store, accountId)).map(({ key }) => key)).toEqual(
      ids(11, 25).map((id) => `key${id}`),
    )
    await removeEntries(
      store,
      accountId,
      ids(11, 25).map((id) => `key${id}`),
    )
    expect(await rows()).toEqual([])
  })

  it('stand alone as soon as one of them takes an arrow of its own', async () => {
    await plan(ids(1, 30))
    const trouble = { kind: 'recipient-refuses', mender: 'person' } as const
    const moved = await moveEntry(store, accountId, 'key3', { kind: 'refused', trouble, attempt: 1 })
    expect(moved).toMatchObject({ state: 'refused' })
    expect((await rows()).sort()).toEqual(['lot', 'refused', ...Array(24).fill('sending')])
    expect(await countPeople(store, rule)).toMatchObject({ refused: 1, 'not-attempted': 59 })
  })

  it('of a shared rule stand alone, and their people as waiting: others read them', async () => {
    const shared = { state: 'active', tenure: 'held', reached: '', claimed: '' } as never
    await putRule(store, { ...rule, shared })
    await plan(ids(1, 3), 3, { ...rule, shared })
    expect(await rows()).toEqual(['sending', 'sending', 'sending'])
    expect(await countPeople(store, rule)).toMatchObject({ waiting: 3 })
  })
})

describe('that messages of a rule have arrived', () => {
  it('is one row for all that were answered together: entries and people stay as they are, counts and screens say it', async () => {
    const { taken } = await plan(ids(1, 25))
    expect((await reached(taken)).size).toBe(25)
    expect(await rows()).toEqual(['lot'])
    expect(await arrivalsOf(store, accountId)).toMatchObject([
      { ruleId: 'rule', keys: taken.map(({ key }) => key) },
    ])
    expect((await standingsOf(store, rule)).get(1)).toBe('not-attempted')
    expect(await countPeople(store, rule)).toMatchObject({ delivered: 25, 'not-attempted': 35 })
    const [first] = await asTheyStand(store, await entriesOf(store, accountId))
    expect(first).toMatchObject({ state: 'delivered', messageId: 700 })
  })

  it('their people say too when somebody reads them, once, and keep what is known of them', async () => {
    const { taken } = await plan(ids(1, 25))
    await reached(taken)
    await changePeople(store, rule, [2], { timeAnswered: NOW + 5 })
    await tellPeople(store, accountId)
    await tellPeople(store, accountId)
    expect(await store.rulePeople.get([accountId, 'rule', 2])).toMatchObject({
      ...{ standing: 'delivered', messageId: 701, messageKey: 'key2', timeAnswered: NOW + 5 },
      ...{ dialogueId: 'dialogue2', timePlanned: NOW, timeReached: NOW },
    })
    expect(await arrivalsOf(store, accountId)).toMatchObject([{ told: true }])
    expect(await countPeople(store, rule)).toMatchObject({ delivered: 25, 'not-attempted': 35 })
    expect(await countPeople(openStore(store.name), rule)).toMatchObject({
      delivered: 25,
      'not-attempted': 35,
    })
  })

  it('their people say at once where they stand as waiting', async () => {
    await plan(ids(1, 2), 0)
    await moveEntry(store, accountId, 'key1', due)
    const sending = await entriesAs(store, accountId, ['sending'])
    await reached(sending)
    expect((await standingsOf(store, rule)).get(1)).toBe('delivered')
    expect(await arrivalsOf(store, accountId)).toMatchObject([{ keys: ['key1'], told: true }])
    expect(await countPeople(store, rule)).toMatchObject({ delivered: 1, waiting: 1 })
  })

  it('is forgotten when none of them is in the outbox any more, and not before', async () => {
    const { taken } = await plan(ids(1, 25))
    await reached(taken)
    const keys = taken.map(({ key }) => key)
    await removeEntries(store, accountId, keys.slice(1))
    await forgetFiled(store, accountId)
    expect(await arrivalsOf(store, accountId)).toHaveLength(1)
    await removeEntries(store, accountId, keys)
    await forgetFiled(store, accountId)
    expect(await arrivalsOf(store, accountId)).toEqual([])
  })

  it('is said of none that is not on its way any more', async () => {
    const { taken } = await plan(ids(1, 2))
    await removeEntries(store, accountId, ['key1'])
    expect([...(await reached(taken))]).toEqual(['key2'])
    expect(await arrivalsOf(store, accountId)).toMatchObject([{ keys: ['key2'] }])
  })
})
