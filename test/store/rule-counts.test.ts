import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { openStore, type Store } from '../../lib/store/db.ts'
import { countPeople, tallyOf } from '../../lib/store/rule-counts.ts'
import { addPeople, bringBack, changePeople, movePeople } from '../../lib/store/rule-people.ts'

const rule = { accountId: 'moodle.example/3', id: 'rule' } as OpenRule
const other = { ...rule, id: 'other' }
let store: Store
let names = 0

beforeEach(async () => {
  store = openStore(`counts-${++names}`)
  await addPeople(store, rule, [1, 2, 3])
  await addPeople(store, other, [1])
  await countPeople(store, rule)
  await countPeople(store, other)
})

/** Whether the database was asked; what is said is right in any case. */
const isRead = async (counted: OpenRule) => {
  const asked = vi.spyOn(store.rulePeople, 'where')
  const counts = await countPeople(store, counted)
  const times = asked.mock.calls.length
  asked.mockRestore()
  expect(counts).toEqual(await countPeople(openStore(store.name), counted))
  return times > 0
}

describe('how many of a rule’s people stand how', () => {
  it('is counted once and followed while they move, of every rule', async () => {
    await movePeople(store, rule, [1, 2], 'waiting')
    await movePeople(store, rule, [2], 'delivered')
    expect(await isRead(rule)).toBe(false)
    expect(await isRead(other)).toBe(false)
    expect(await countPeople(store, rule)).toMatchObject({ 'not-attempted': 1, waiting: 1, delivered: 1 })
  })

  it('and have answered, is followed too', async () => {
    await changePeople(store, rule, [2, 3], { timeAnswered: 5 })
    expect(await isRead(rule)).toBe(false)
    expect(await tallyOf(store, rule)).toEqual(await tallyOf(openStore(store.name), rule))
    expect(await tallyOf(store, rule)).toMatchObject({ answered: 2 })
  })

  it('is counted anew after a write that does not tell how they stood', async () => {
    await addPeople(store, rule, [4])
    expect(await isRead(rule)).toBe(true)
    expect(await countPeople(store, rule)).toMatchObject({ 'not-attempted': 4 })
  })

  it('is counted anew after a step that told only some of what it wrote', async () => {
    await store.transaction('rw', store.rulePeople, async () => {
      await movePeople(store, rule, [1], 'waiting')
      await store.rulePeople.delete([rule.accountId, rule.id, 2])
    })
    expect(await isRead(rule)).toBe(true)
    expect(await countPeople(store, rule)).toMatchObject({ 'not-attempted': 1, waiting: 1 })
  })

  it('is counted anew after what another context wrote', async () => {
    await movePeople(openStore(store.name), rule, [1], 'waiting')
    expect(await isRead(rule)).toBe(true)
  })

  it('does not change with a step that was stopped', async () => {
    const stopped = store.transaction('rw', store.rulePeople, async () => {
      await movePeople(store, rule, [1, 2], 'waiting')
      throw new Error('stopped')
    })
    await expect(stopped).rejects.toThrow('stopped')
    await movePeople(store, rule, [3], 'dropped')
    await bringBack(store, rule, [3])
    expect(await isRead(rule)).toBe(false)
    expect(await countPeople(store, rule)).toMatchObject({ 'not-attempted': 3, waiting: 0 })
  })
})
