import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rethread } from '../../lib/store/rethread.ts'
import { changeSync } from '../../lib/store/sync-state.ts'
import { markRead } from '../../lib/store/unread.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

const say = (from: string, text: string) => simulator.say({ from, to: 'teacher1', text: `<p>${text}</p>` })
const unread = async () =>
  (await tara.list()).rows
    .filter((row) => row.unread > 0)
    .map(({ ref, unread }) => [ref.conversationKey, unread])

async function sync(): Promise<void> {
  await tara.engine.round(tara.accountId)
  await tara.engine.catchUp(tara.accountId)
  await tara.engine.round(tara.accountId)
}

/** As the panel does when a dialogue is looked at. */
async function read(key: string, ids: number[]): Promise<void> {
  const told = await markRead(tara.store, tara.accountId, key, ids)
  await changeSync(tara.store, tara.accountId, { readsToTell: told })
  const account = await tara.store.accounts.get(tara.accountId)
  if (account) await rethread(tara.store, account, key)
}

describe('what is unread', () => {
  it('stays so behind fifty newer messages that were read elsewhere', async () => {
    say('student1', 'Old and unread')
    await sync()
    const ids = Array.from({ length: 60 }, (_, i) => say('student2', `Newer ${i}`).id)
    await sync()
    await read('u6', ids)
    await sync()
    expect(await unread()).toEqual([['u5', 1]])
  })

  it('is known at the first sync, also where it is older than the newest fifty', async () => {
    say('student3', 'Old and unread')
    for (let i = 0; i < 60; i++) say('student2', `Newer ${i}`)
    await sync()
    expect(Object.fromEntries(await unread())).toMatchObject({ u7: 1 })
  })

  it('is not what was deleted before it was read', async () => {
    await sync()
    const before = await unread()
    const { id } = say('student1', 'Deleted')
    const other = await computerOf(simulator, 'teacher1')
    const connection = await other.world.connect({} as never)
    if (!('moodle' in connection)) throw new Error('no connection')
    await connection.moodle.call('core_message_delete_message', { messageid: id, userid: 3, read: false })
    await sync()
    expect(await unread()).toEqual(before)
  })

  it('is as many after a look as after showing the conversation, though newer ones were read', async () => {
    for (let i = 0; i < 3; i++) say('student1', `Deep ${i}`)
    const ids = Array.from({ length: 60 }, (_, i) => say('student1', `Newer ${i}`).id)
    const elsewhere = await tara.world.connect({} as never)
    if (!('moodle' in elsewhere)) throw new Error('no connection')
    const read = (messageid: number) => elsewhere.moodle.call('core_message_mark_message_read', { messageid })
    await Promise.all(ids.map(read))
    await sync()
    await tara.engine.pull(tara.accountId, 'u5')
    expect(await unread()).toEqual([['u5', 3]])
    await tara.engine.round(tara.accountId)
    expect(await unread()).toEqual([['u5', 3]])
  })

  it('is also what came while a look was under way', async () => {
    await sync()
    tara.world.note = (_, { kind }) => {
      if (kind === 'news') say('student2', 'Just now')
    }
    say('student2', 'Before')
    await tara.engine.round(tara.accountId)
    delete tara.world.note
    await tara.engine.pull(tara.accountId, 'u6')
    await tara.engine.round(tara.accountId)
    expect(Object.fromEntries(await unread())).toMatchObject({ u6: 2 })
  })

  it('is as many as the site says once it is known which, whatever was guessed before', async () => {
    const teach = (text: string) =>
      simulator.say({ from: 'teacher1', to: 'student1', text: `<p>${text}</p>` })
    const elsewhere = await computerOf(simulator, 'student1')
    await elsewhere.engine.pull(elsewhere.accountId, 'u3')
    const before = await elsewhere.store.messages
      .where({ accountId: elsewhere.accountId, unread: 1 })
      .toArray()
    await changeSync(elsewhere.store, elsewhere.accountId, { readsToTell: before.map(({ id }) => id) })
    await elsewhere.engine.round(elsewhere.accountId)
    const sam = await computerOf(simulator, 'student1')
    await sam.engine.pull(sam.accountId, 'u3')
    const deep = teach('Not held when the list came')
    for (let i = 0; i < 35; i++)
      simulator.say({ from: 'student2', to: 'student1', text: `<p>Between ${i}</p>` })
    const unread = [deep, teach('The newest')]
    await sam.engine.catchUp(sam.accountId)
    await sam.engine.round(sam.accountId)
    const marked = await sam.store.messages.where({ accountId: sam.accountId, unread: 1 }).toArray()
    expect(marked.filter(({ key }) => key === 'u3').map(({ id }) => id)).toEqual(unread.map(({ id }) => id))
  })

  it('that is read here stays read while the site has not been told', async () => {
    const { id } = say('student1', 'One')
    await sync()
    simulator.faults.add({ kind: 'status', match: { function: 'core_message_mark_message_read' } })
    await read('u5', [id])
    await tara.engine.round(tara.accountId)
    simulator.faults.clear()
    expect(await unread()).toEqual([])
    await tara.engine.round(tara.accountId)
    expect(simulator.messagesBetween('teacher1', 'student1').at(-1)?.timeread.has(3)).toBe(true)
  })

  it('of a group is told by its number, the newest first', async () => {
    await sync()
    const group = [...simulator.school.conversations.values()].find(({ type }) => type === 2)
    if (!group) throw new Error('the school has no group conversation')
    for (const text of ['<p>One</p>', '<p>Two</p>']) simulator.sayIn(group.id, 'student1', text)
    await sync()
    expect(await unread()).toEqual([[`g${group.id}`, 2]])
  })
})

describe('the list of conversations', () => {
  it('is read to its end although the site leaves emptied ones out of its pages', async () => {
    for (let i = 3; i <= 40; i++) simulator.say({ from: `student${i}`, to: 'teacher1', text: '<p>Hello</p>' })
    const connection = await tara.world.connect({} as never)
    if (!('moodle' in connection)) throw new Error('no connection')
    const id = simulator.conversationIdBetween('student39', 'teacher1') ?? 0
    await connection.moodle.call('core_message_delete_conversations_by_id', {
      userid: 3,
      conversationids: [id],
    })
    await sync()
    expect((await tara.list()).rows.map(({ ref }) => ref.conversationKey)).toEqual(
      expect.arrayContaining(['u7', 'u20', 'u44']),
    )
  })
})
