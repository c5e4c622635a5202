import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Link } from '../../lib/dialogue/link.ts'
import { changeConversation } from '../../lib/store/conversations.ts'
import { inOneStep, openStore, type Store } from '../../lib/store/db.ts'
import { forgetConversation } from '../../lib/store/forget-conversation.ts'
import { bury, dropMissing, putMessages, type ReadMessage } from '../../lib/store/messages.ts'
import { putMove } from '../../lib/store/moves.ts'
import { forgetOldWords } from '../../lib/store/retention.ts'
import { rethread } from '../../lib/store/rethread.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { markRead } from '../../lib/store/unread.ts'

const KEY = 'u5'
const [ME, OTHER] = [3, 5]
const DIALOGUES = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc']
/** Enough for how the older ones are filed to be kept. */
const MANY = 220

const account: AccountRow = {
  ...{ id: '3@moodle.example', wwwroot: 'https://moodle.example', userId: ME, formerWwwroots: [] },
  ...{ siteName: '', fullName: 'Tara', onlyMe: false, timeSwitchedOn: 0, locked: false },
}

let names = 0

async function storeWith(messages: ReadMessage[]): Promise<Store> {
  const store = openStore(`filing-${++names}`)
  await store.accounts.put(account)
  await inOneStep(store, async () => {
    await changeConversation(store, account.id, KEY, { memberIds: [OTHER], complete: true })
    await putMessages(store, account.id, KEY, messages)
    await rethread(store, account, KEY)
  })
  return store
}

const linked: fc.Arbitrary<Link> = fc.record({
  dialogueId: fc.constantFrom(...DIALOGUES),
  // Few, so that some are said again.
  m: fc.integer({ min: 0, max: 400 }).map((n) => `m${n}`),
  does: fc.constantFrom('open', 'reply', 'reply', 'reply', 'close', 'reopen'),
  repliesExpected: fc.boolean(),
  text: fc.constantFrom('Essay', 'Re: Lab'),
  url: fc.constant('https://moodle.example/course/view.php?id=2'),
})

interface Said {
  authorId: number
  link: Link | undefined
  unread: boolean
  silence: number
}

const said: fc.Arbitrary<Said> = fc.record({
  authorId: fc.constantFrom(ME, OTHER),
  link: fc.option(linked, { nil: undefined, freq: 2 }),
  unread: fc.boolean(),
  silence: fc.constantFrom(1, 1, 1, 20 * 86_400),
})

/** Ids leave room for what is found between them later. */
function messagesOf(all: readonly Said[], firstId = 10, time = 1e9): ReadMessage[] {
  let now = time
  return all.map(({ authorId, link, unread, silence }, i) => {
    now += silence
    const id = firstId + 10 * i
    return { id, authorId, timeCreated: now, html: `<p>${id}</p>`, unread, ...(link ? { link } : {}) }
  })
}

type Change = (store: Store, ids: readonly number[], time: number) => Promise<unknown>

const place = fc.double({ min: 0, max: 1, noNaN: true })
const at = (ids: readonly number[], where: number) => ids[Math.floor(where * (ids.length - 1))] ?? 0

const changes: fc.Arbitrary<[name: string, change: Change]> = fc.oneof(
  fc
    .array(said, { minLength: 1, maxLength: 90 })
    .map((all): [string, Change] => [
      `${all.length} new`,
      (store, ids, time) =>
        putMessages(store, account.id, KEY, messagesOf(all, (ids.at(-1) ?? 0) + 10, time)),
    ]),
  fc
    .tuple(said, place)
    .map(([one, where]): [string, Change] => [
      `one found at ${where}`,
      (store, ids, time) => putMessages(store, account.id, KEY, messagesOf([one], at(ids, where) + 1, time)),
    ]),
  place.map((where): [string, Change] => [
    `buried at ${where}`,
    (store, ids) => bury(store, account.id, KEY, [at(ids, where)]),
  ]),
  place.map((where): [string, Change] => [
    `gone at ${where}`,
    (store, ids) => {
      const id = at(ids, where)
      return dropMissing(store, account.id, KEY, { id, time: 0 }, { id }, new Set())
    },
  ]),
  place.map((where): [string, Change] => [
    `read up to ${where}`,
    (store, ids) =>
      markRead(
        store,
        account.id,
        KEY,
        ids.filter((id) => id <= at(ids, where)),
      ),
  ]),
  fc
    .tuple(place, fc.constantFrom(...DIALOGUES))
    .map(([where, to]): [string, Change] => [
      `moved at ${where}`,
      (store, ids) => putMove(store, account.id, KEY, at(ids, where), to),
    ]),
)

const filed = async (store: Store) => ({
  messages: await store.messages.toArray(),
  dialogues: await store.dialogues.toArray(),
})

const idsOf = async (store: Store) => (await store.messages.toArray()).map(({ id }) => id)

async function fileFromNothing(store: Store): Promise<void> {
  await store.filings.clear()
  await rethread(store, account, KEY)
}

it('files a long conversation with what is kept of it as it would from its first message', async () => {
  let kept = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(said, { minLength: MANY, maxLength: MANY }),
      fc.array(changes, { minLength: 1, maxLength: 8 }),
      async (all, steps) => {
        const store = await storeWith(messagesOf(all))
        for (const [, change] of steps) {
          const [ids, last] = [await idsOf(store), (await store.messages.toArray()).at(-1)]
          if (await store.filings.get([account.id, KEY])) kept += 1
          await inOneStep(store, async () => {
            await change(store, ids, last?.timeCreated ?? 1e9)
            await rethread(store, account, KEY)
          })
        }
        const before = await filed(store)
        await fileFromNothing(store)
        expect(before).toEqual(await filed(store))
        await store.delete()
      },
    ),
    { numRuns: 25 },
  )
  expect(kept).toBeGreaterThan(25)
})

const plain = (count: number) =>
  messagesOf(
    Array.from({ length: count }, () => ({ authorId: OTHER, link: undefined, unread: false, silence: 1 })),
  )

const keptTo = async (store: Store) => (await store.filings.get([account.id, KEY]))?.toId

it('keeps nothing of a short one, of a long one up to the last sixty, and goes further when many more came', async () => {
  expect(await keptTo(await storeWith(plain(180)))).toBeUndefined()
  const store = await storeWith(plain(181))
  expect(await keptTo(store)).toBe(1210)
  await putMessages(store, account.id, KEY, plain(400))
  await rethread(store, account, KEY)
  expect(await keptTo(store)).toBe(3400)
  expect(await store.dialogues.toArray()).toMatchObject([{ count: 400, lastText: '4000' }])
})

it('keeps nothing of how those were filed of which one is forgotten, buried, gone or moved', async () => {
  for (const change of [
    (store: Store) => forgetOldWords(store, account, 1e9 + 5, true),
    (store: Store) => bury(store, account.id, KEY, [20]),
    (store: Store) => dropMissing(store, account.id, KEY, { id: 20, time: 0 }, { id: 20 }, new Set()),
    (store: Store) => putMove(store, account.id, KEY, 20, DIALOGUES[0] ?? ''),
  ]) {
    const store = await storeWith(plain(190))
    const before = await keptTo(store)
    await change(store)
    expect(before).toBe(1300)
    expect((await store.filings.get([account.id, KEY]))?.tallies.get('general')?.count).not.toBe(130)
  }
})

it('reads no more of a long conversation for a new message than its newest', async () => {
  const store = await storeWith(plain(2000))
  let read = 0
  store.messages.hook('reading', (row) => {
    read += 1
    return row
  })
  await putMessages(store, account.id, KEY, plain(2001).slice(-1))
  await rethread(store, account, KEY)
  expect(read).toBeLessThan(200)
  expect((await store.dialogues.toArray())[0]?.count).toBe(2001)
})

it('forgets it with the conversation', async () => {
  const store = await storeWith(plain(200))
  expect(await store.filings.count()).toBe(1)
  await forgetConversation(store, account, KEY)
  expect(await store.filings.count()).toBe(0)
})
