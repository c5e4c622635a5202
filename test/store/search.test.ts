import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LinkToWrite, writeLink } from '../../lib/dialogue/link.ts'
import type { SearchHit } from '../../lib/dialogue/search-hit.ts'
import { forgetCached, removeAccount } from '../../lib/store/accounts.ts'
import { scopeCourse } from '../../lib/store/lists.ts'
import { forgetOldWords } from '../../lib/store/retention.ts'
import { searchStore } from '../../lib/store/search.ts'
import { decodeBlock, decodeIds, encodeIds } from '../../lib/store/search-block.ts'
import { countUnindexed, indexBatch } from '../../lib/store/search-index.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from '../sync/computer.ts'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

async function account() {
  const row = await tara.store.accounts.get(tara.accountId)
  if (!row) throw new Error('the account is gone')
  return row
}

async function index(): Promise<void> {
  while ((await indexBatch(tara.store, await account(), 3)) > 0);
}

async function sync(): Promise<void> {
  await tara.engine.round(tara.accountId)
  await tara.engine.catchUp(tara.accountId)
  await index()
}

async function search(typed: string, { scope = '*', limit = 20 } = {}) {
  return searchStore(tara.store, { accounts: [await account()], scope, typed, limit })
}

const textOf = ({ snippet }: SearchHit) => snippet.text
const texts = async (typed: string, ask = {}) => (await search(typed, ask)).hits.map(textOf)
const marks = ({ text, ranges }: SearchHit['snippet']) => ranges.map(([start, end]) => text.slice(start, end))

interface Said {
  text: string
  link?: Partial<LinkToWrite>
  from?: string
  timecreated?: number
}

function say({ text, link, from = 'student4', timecreated }: Said): number {
  const url = `${simulator.wwwroot}/course/view.php?id=2`
  const whole = {
    url,
    dialogueId: 'aaaaaaaaaaaa',
    m: 'aaaaaaaaaaab',
    does: 'open',
    subject: 'Lab report',
    courseId: 2,
  }
  const written = link ? writeLink({ ...whole, ...link } as LinkToWrite) : ''
  const time = timecreated === undefined ? {} : { timecreated }
  return simulator.say({ from, to: 'teacher1', text: `<p>${text}</p>${written}`, ...time }).id
}

async function allTerms(): Promise<string[]> {
  const rows = await tara.store.terms.toArray()
  return rows.flatMap(({ bytes }) => [...decodeBlock(bytes).keys()])
}

describe('search', () => {
  it('finds messages by the beginnings of their words, newest first, with the place marked', async () => {
    say({ text: 'The first source was <b>Straßburg</b>' })
    say({ text: 'Another sourdough', from: 'student5' })
    await sync()
    expect(await texts('sour')).toEqual(['Another sourdough', 'The first source was Straßburg'])
    const { hits } = await search('STRASS sour')
    expect(hits.map(({ snippet }) => marks(snippet))).toEqual([
      ['source', 'Straß'].map((word) => word.slice(0, word === 'source' ? 4 : 5)),
    ])
  })

  it('finds two signs of Chinese', async () => {
    say({ text: '我的手机壳坏了' })
    await sync()
    expect((await search('机壳')).hits.map(({ snippet }) => marks(snippet))).toEqual([['机壳']])
    expect(await texts('壳机')).toEqual([])
  })

  it('finds phrases only where they stand word for word', async () => {
    say({ text: 'the second source' })
    say({ text: 'the source of the second' })
    await sync()
    expect(await texts('"second source"')).toEqual(['the second source'])
    expect(await texts('source second')).toHaveLength(2)
  })

  it('says in which dialogue and at which message', async () => {
    const id = say({ text: 'A zebra', link: {} })
    await sync()
    const [hit] = (await search('zebra')).hits
    expect(hit).toMatchObject({ messageId: id, mine: false, kind: 'individual' })
    expect(hit?.ref).toEqual({ accountId: tara.accountId, conversationKey: 'u8', dialogueId: 'aaaaaaaaaaaa' })
    expect(hit?.subject?.text).toBe('Lab report')
  })

  it('finds a dialogue once by its subject or its person, however long it is', async () => {
    for (let n = 0; n < 40; n++)
      say({ text: `Number ${n}`, link: { does: n === 0 ? 'open' : 'reply', m: `aaaaaaaaa${100 + n}` } })
    await sync()
    const bySubject = (await search('lab rep')).hits
    expect(bySubject.map(({ messageId, snippet }) => [messageId, snippet.text])).toEqual([
      [undefined, 'Number 39'],
    ])
    const { fullName } = (await tara.store.people.get([tara.accountId, 8])) ?? { fullName: '' }
    const byPerson = (await search(`"${fullName}" lab`)).hits
    expect(byPerson).toHaveLength(1)
    expect(byPerson[0] && marks(byPerson[0].people)).toEqual([fullName])
  })

  it('takes words from what was said, the subject and the person together', async () => {
    say({ text: 'About the pipette', link: {} })
    say({ text: 'About the pipette', from: 'student5' })
    await sync()
    const { hits } = await search('pipette report number4')
    expect(hits.map(({ ref }) => ref.conversationKey)).toEqual(['u8'])
  })

  it('looks in one course only where it is asked to', async () => {
    say({ text: 'pipette here', link: {} })
    say({ text: 'pipette there', link: { dialogueId: 'bbbbbbbbbbbb', m: 'aaaaaaaaaaac', courseId: 3 } })
    await sync()
    expect(await texts('pipette', { scope: scopeCourse(3) })).toEqual(['pipette there'])
  })

  it('says when there are more', async () => {
    for (let n = 0; n < 6; n++) say({ text: `pipette ${n}` })
    await sync()
    expect(await search('pipette', { limit: 4 })).toMatchObject({ more: true, toIndex: 0 })
    expect((await search('pipette', { limit: 6 })).more).toBe(false)
  })

  it('finds nothing for nothing', async () => {
    await sync()
    expect(await texts(' "" a')).toEqual([])
  })
})

describe('the index', () => {
  it('is behind until a batch took the messages in, and says by how much', async () => {
    say({ text: 'zebra' })
    await tara.engine.round(tara.accountId)
    await tara.engine.catchUp(tara.accountId)
    const before = await search('zebra')
    expect(before.hits).toEqual([])
    expect(before.toIndex).toBeGreaterThan(0)
    await index()
    expect(await texts('zebra')).toEqual(['zebra'])
    expect(await countUnindexed(tara.store, tara.accountId)).toBe(0)
  })

  it('is left alone by a reading that finds the same', async () => {
    say({ text: 'zebra' })
    await sync()
    await tara.engine.pull(tara.accountId, 'u8')
    expect(await countUnindexed(tara.store, tara.accountId)).toBe(0)
  })

  it('forgets the words of a message that was deleted', async () => {
    const id = say({ text: 'zebra' })
    say({ text: 'giraffe' })
    await sync()
    await deleteFor(id)
    await tara.engine.pull(tara.accountId, 'u8')
    expect(await texts('zebra')).toEqual([])
    await index()
    expect(await allTerms()).not.toContain('zebra')
    expect(await texts('giraffe')).toEqual(['giraffe'])
  })

  it('forgets words that are older than the person wants, and keeps the subject', async () => {
    const old = simulator.clock.now() - 400 * 86_400
    say({ text: 'zebra', link: {}, timecreated: old })
    say({ text: 'bye', link: { does: 'close', m: 'aaaaaaaaaaac' }, timecreated: old + 1 })
    await sync()
    await tara.store.messages.toCollection().modify({ unread: 0 })
    await forgetOldWords(tara.store, await account(), simulator.clock.now() - 180 * 86_400)
    await index()
    expect(await allTerms()).not.toContain('zebra')
    expect((await search('lab')).hits).toHaveLength(1)
  })

  it('stays whole when a batch is done twice', async () => {
    say({ text: 'zebra' })
    await tara.engine.round(tara.accountId)
    await tara.engine.catchUp(tara.accountId)
    const notes = await tara.store.unindexed.toArray()
    await index()
    const once = await tara.store.terms.toArray()
    await tara.store.unindexed.bulkPut(notes)
    await index()
    expect(await tara.store.terms.toArray()).toEqual(once)
  })

  it('goes on in a new block when one is full, and forgets from full ones too', async () => {
    say({ text: 'hello' })
    await sync()
    const { id: accountId } = await account()
    const ids = Array.from({ length: 9000 }, (_, i) => 1_000_000 + i * 300)
    const rows = ids.map((id) => ({
      ...{ accountId, key: 'u8', id, authorId: 8, timeCreated: id, html: `zebra ${id % 2 ? '' : 'even'}` },
      ...{ unread: 0 as const, dialogueId: 'general', guessed: false, afterClosing: false },
    }))
    await tara.store.messages.bulkPut(rows)
    await tara.store.unindexed.bulkPut(ids.map((id) => ({ accountId, key: 'u8', id, was: [] })))
    while ((await indexBatch(tara.store, await account(), 3000)) > 0);
    const blocks = await tara.store.terms
      .where('[accountId+bucket+block]')
      .between([accountId, 'bzeb', 0], [accountId, 'bzeb', 99])
      .toArray()
    expect(blocks.length).toBeGreaterThan(1)
    const found = (bytes: Uint8Array) => decodeIds(decodeBlock(bytes).get('zebra') ?? new Uint8Array())
    expect(blocks.flatMap(({ bytes }) => found(bytes)).sort((a, b) => a - b)).toEqual(ids)
    expect((await search('zeb', { limit: 3 })).hits.map(({ messageId }) => messageId)).toEqual(
      ids.slice(-3).reverse(),
    )
    const gone = rows[0]
    if (!gone) throw new Error('no rows')
    await tara.store.messages.delete([accountId, 'u8', gone.id])
    await tara.store.unindexed.put({ accountId, key: 'u8', id: gone.id, was: [{ html: gone.html }] })
    await index()
    const left = await tara.store.terms
      .where('[accountId+bucket+block]')
      .between([accountId, 'bzeb', 0], [accountId, 'bzeb', 99])
      .toArray()
    expect(left.flatMap(({ bytes }) => found(bytes)).length).toBe(ids.length - 1)
  })

  it('holds nothing of an account that was removed, also not from a batch under way', async () => {
    say({ text: 'zebra' })
    await tara.engine.round(tara.accountId)
    const row = await account()
    await Promise.all([indexBatch(tara.store, row), removeAccount(tara.store, row.id)])
    await indexBatch(tara.store, row)
    expect(await tara.store.terms.count()).toBe(0)
    expect(await tara.store.unindexed.count()).toBe(0)
  })

  it('goes with what was cached', async () => {
    say({ text: 'zebra' })
    await sync()
    await forgetCached(tara.store, tara.accountId)
    expect(await tara.store.terms.count()).toBe(0)
  })

  it('keeps ids of any size', () => {
    const ids = [2 ** 52, 2 ** 33 + 5, 2 ** 32, 4_000_000_000, 128, 127, 1]
    expect(decodeIds(encodeIds(ids))).toEqual(ids)
  })
})

async function deleteFor(messageid: number): Promise<void> {
  const connection = await tara.world.connect(await account())
  if ('mender' in connection) throw new Error('no connection')
  const { userId } = await account()
  await connection.moodle.call('core_message_delete_message', { messageid, userid: userId })
}
