import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../lib/store/db.ts'
import { saveDraft } from '../../lib/store/drafts.ts'
import { isFull, makeRoom } from '../../lib/store/room.ts'
import { withRoom } from '../../lib/sync/room.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerIn } from './computer.ts'

let simulator: Simulator
let store: Store
let tara: Computer
let names = 0

/** How often the disk still takes nothing new; what is deleted or made smaller it takes. */
let refusals = 0

function openOnFullDisk(): Store {
  const db = openStore(`full-${++names}`)
  db.use({
    stack: 'dbcore',
    name: 'full disk',
    create: (core) => ({
      ...core,
      table(name) {
        const table = core.table(name)
        return {
          ...table,
          mutate(request) {
            if (refusals > 0 && request.type === 'put' && name === 'drafts') {
              refusals--
              return Promise.reject(new Dexie.QuotaExceededError('the disk is full'))
            }
            return table.mutate(request)
          },
        }
      },
    }),
  })
  return db
}

const DAY = 86_400
const answer = (text: string) =>
  tara.draft(text, { key: 'u5/general', conversationKey: 'u5', dialogueId: 'general' })
/** Of the messages of these tests, in their order; the school has a past. */
const words = async () =>
  (await store.messages.orderBy('[accountId+id]').toArray())
    .map(({ html }) => html)
    .filter((html) => /Day|Open/.test(html))

beforeEach(async () => {
  refusals = 0
  simulator = await startSimulator()
  store = openOnFullDisk()
  tara = await computerIn(simulator, 'teacher1', store)
  const now = simulator.clock.now()
  for (const [days, text] of [...Array(8).keys()].map((n) => [80 - n, `Day ${80 - n}`] as const)) {
    const timecreated = now - days * DAY
    simulator.say({ from: 'student1', to: 'teacher1', text: `<p>${text}</p>`, timecreated })
  }
  await tara.engine.pull(tara.accountId, 'u5')
  await store.messages.toCollection().modify({ unread: 0 })
})

afterEach(() => simulator.close())

describe('on a full disk', () => {
  it('the oldest words go, a draft and what waits to be sent stay, and the second try succeeds', async () => {
    await tara.write(answer('On its way'))
    const before = await words()
    refusals = 1
    await withRoom(tara.world, () => saveDraft(store, answer('Half a sentence')))
    const after = await words()
    expect(after.length).toBeLessThan(before.length)
    expect(after).toEqual(before.slice(before.length - after.length))
    expect((await store.drafts.toArray()).map(({ text }) => text)).toEqual(['Half a sentence'])
    expect((await store.outbox.toArray()).map(({ text }) => text)).toEqual(['On its way'])
  })

  it('the person is told for a day, while everything goes on', async () => {
    refusals = 1
    await withRoom(tara.world, () => saveDraft(store, answer('Half a sentence')))
    const told = { phase: 'up-to-date', trouble: { kind: 'storage', mender: 'person' } }
    await tara.engine.catchUp(tara.accountId)
    await tara.engine.round(tara.accountId)
    expect(await tara.engine.view(tara.accountId)).toMatchObject(told)
    for (const seconds of [0.5 * DAY, 0.6 * DAY, DAY]) {
      simulator.clock.advance(seconds)
      await tara.engine.round(tara.accountId)
    }
    expect(await tara.engine.view(tara.accountId)).not.toHaveProperty('trouble')
  })

  it('that stays full, the error says so', async () => {
    refusals = 2
    const failing = withRoom(tara.world, () => saveDraft(store, answer('Half a sentence')))
    await expect(failing).rejects.toSatisfy(isFull)
  })

  it('an error of another kind costs nothing', async () => {
    const before = await words()
    await expect(withRoom(tara.world, () => Promise.reject(new Error('other')))).rejects.toThrow('other')
    expect(await words()).toEqual(before)
  })

  it('words of open dialogues go last, but they go', async () => {
    await tara.write(tara.draft('Open', { to: { id: 5, fullName: 'Anna' }, subject: 'Essay' }))
    await tara.engine.flush(tara.accountId)
    await store.messages.toCollection().modify({ unread: 0 })
    const left: string[][] = []
    while ((await makeRoom(store)) > 0) left.push(await words())
    expect(left.at(-1)).toEqual([])
    expect(left.at(-2)?.every((html) => html.includes('Open'))).toBe(true)
  })
})

it('a full disk is known through every wrapping', () => {
  const full = new DOMException('full', 'QuotaExceededError')
  expect(
    [full, { name: 'AbortError', inner: full }, { name: 'BulkError', failures: [full] }].map(isFull),
  ).toEqual([true, true, true])
  expect([undefined, new Error('x'), { name: 'AbortError', inner: new Error('x') }].map(isFull)).toEqual([
    false,
    false,
    false,
  ])
})
