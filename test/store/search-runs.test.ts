import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openStore, type Store } from '../../lib/store/db.ts'
import { newRow } from '../../lib/store/messages.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { conversationsWith } from '../../lib/store/search-conversations.ts'
import type { Search } from '../../lib/store/search-hits.ts'
import { messagesOf, runsOf } from '../../lib/store/search-runs.ts'

const ACCOUNT = 'moodle.example/3'
let store: Store
let names = 0

beforeEach(() => {
  store = openStore(`runs-${++names}`)
})

function hold(key: string, ids: readonly number[], accountId = ACCOUNT) {
  const rows = ids.map((id) => newRow(accountId, key, { id, authorId: 4, timeCreated: id, html: `no ${id}` }))
  return store.messages.bulkPut(rows)
}

/** From the first down to the last. */
const down = (first: number, last: number) => Array.from({ length: first - last + 1 }, (_, i) => first - i)

async function conversationsOf(ids: number[], enough = Number.POSITIVE_INFINITY): Promise<string[][]> {
  const search = { db: store, account: { id: ACCOUNT } as AccountRow } as Search
  const taken: string[][] = []
  await conversationsWith(search, ids.values(), async (keys) => {
    taken.push(keys)
    return taken.flat().length >= enough
  })
  return taken
}

describe('messages by their ids', () => {
  it('are asked for in runs of those that lie close together', () => {
    expect(runsOf([90, 88, 84, 40, 39, 7], 4)).toEqual([[90, 88, 84], [40, 39], [7]])
    expect(runsOf([], 4)).toEqual([])
  })

  it('come in the order of the ids, without what lies between and without those of another account', async () => {
    await hold('u4', [90, 89, 40])
    await hold('u5', [88, 7])
    await hold('u6', [39], 'moodle.example/9')
    const rows = await messagesOf(store, ACCOUNT, [90, 88, 40, 39, 7])
    expect(rows.map(({ id, key }) => [id, key])).toEqual([
      [90, 'u4'],
      [88, 'u5'],
      [40, 'u4'],
      [7, 'u5'],
    ])
  })

  it('are read with one question where they lie close together', async () => {
    await hold('u4', down(140, 101))
    const asked = vi.spyOn(store.messages, 'where')
    expect(await messagesOf(store, ACCOUNT, down(140, 101))).toHaveLength(40)
    expect(asked).toHaveBeenCalledTimes(1)
  })
})

describe('the conversations of messages', () => {
  it('come newest first and each once, until there are enough', async () => {
    await hold('u4', [9000, 5000])
    await hold('u5', [8000, 7999, 4000])
    await hold('u6', [100])
    expect(await conversationsOf([9000, 8000, 7999, 5000, 4000, 100])).toEqual([['u4', 'u5', 'u6']])
    const far = down(60, 1).map((n) => n * 1000)
    for (const id of far) await hold(`u${id}`, [id])
    const [first, ...more] = await conversationsOf(far, 20)
    expect(first?.slice(0, 2)).toEqual(['u60000', 'u59000'])
    expect(more).toEqual([])
  })

  it('are not hidden by one that is very long', async () => {
    const ids = down(2500, 2).map((n) => n * 20)
    await hold('u4', ids)
    await hold('u5', [20])
    expect((await conversationsOf([...ids, 20])).flat()).toEqual(['u4', 'u5'])
  })
})
