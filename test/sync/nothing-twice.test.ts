import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { discardDraft, saveDraft } from '../../lib/store/drafts.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let tara: Computer
let before = 0

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
  before = simulator.say({ from: 'student1', to: 'student1', text: '<p>Note</p>' }).id
})

afterEach(() => simulator.close())

const arrived = () => simulator.messagesBetween('teacher1', 'student1').filter(({ id }) => id > before)
const toAnna = { to: { id: 5, fullName: 'Student Number1' } }
const withSubject = { ...toAnna, subject: 'Essay 1 feedback' }
const flush = () => tara.engine.flush(tara.accountId)
const sends = 'core_message_send_instant_messages'

async function later(...seconds: number[]): Promise<void> {
  for (const each of seconds) {
    simulator.clock.advance(each)
    await flush()
  }
}

describe('words that are sent', () => {
  it('and sent again after they have arrived, by somebody who could not know, arrive once', async () => {
    const draft = tara.draft('Once.', withSubject)
    await tara.write(draft)
    await flush()
    expect(await tara.write(draft)).toMatchObject({ entry: { state: 'delivered' } })
    await flush()
    expect(arrived()).toHaveLength(1)
  })

  it('and written on with the same key are another message', async () => {
    const draft = tara.draft('First.', toAnna)
    await tara.write(draft)
    const second = { ...draft, text: 'First, and then some.' }
    expect(await tara.write(second)).toMatchObject({ entry: { text: 'First, and then some.' } })
    await flush()
    await tara.write(second)
    await flush()
    expect(arrived().map(({ text }) => text)).toEqual(['<p>First.</p>', '<p>First, and then some.</p>'])
  })

  it('come back into no draft that is saved late, unless something was added to them', async () => {
    const draft = tara.draft('Sent.', toAnna)
    await saveDraft(tara.store, draft)
    await tara.write(draft)
    await saveDraft(tara.store, { ...draft, text: 'Sen' })
    expect(await tara.store.drafts.count()).toBe(0)
    await saveDraft(tara.store, { ...draft, text: 'Sent. And one thing more' })
    expect((await tara.store.drafts.toArray()).map(({ text }) => text)).toEqual(['Sent. And one thing more'])
    await discardDraft(tara.store, { accountId: tara.accountId, key: draft.key })
    await flush()
    await saveDraft(tara.store, draft)
    expect(await tara.store.drafts.count()).toBe(0)
  })

  it('leave a draft alone that was begun anew in another tab', async () => {
    const draft = tara.draft('Sent.', toAnna)
    await saveDraft(tara.store, tara.draft('Begun anew', toAnna))
    await tara.write(draft)
    expect((await tara.store.drafts.toArray()).map(({ text }) => text)).toEqual(['Begun anew'])
  })
})

describe('a message whose answer is lost', () => {
  it.each([
    ['with a link', withSubject],
    ['without one', toAnna],
  ])('%s, seen once and deleted in Moodle, is not sent again', async (_, to) => {
    simulator.faults.add({ kind: 'answerLost', times: 1, match: { function: sends } })
    await tara.write(tara.draft('Once.', to))
    await flush()
    await tara.engine.pull(tara.accountId, 'u5')
    arrived()[0]?.deleted.add(3)
    await later(125, 200, 400)
    expect(arrived()).toHaveLength(1)
    expect(await tara.store.outbox.count()).toBe(0)
  })

  it.each([
    ['with a link, by its key', withSubject, 40],
    ['without one, by reading back to it', toAnna, 40],
    ['without one, by reading back to it', toAnna, 130],
  ])('and that many others follow is found %s (%#)', async (_, to, followers) => {
    simulator.faults.add({ kind: 'answerLost', times: 1, match: { function: sends } })
    await tara.write(tara.draft('Once.', to))
    await flush()
    for (let n = 0; n < followers; n++) {
      simulator.clock.advance(1)
      simulator.say({ from: 'student1', to: 'teacher1', text: `<p>Answer ${n}</p>` })
    }
    await later(125, 200, 400)
    expect(arrived().filter(({ text }) => text.includes('Once.'))).toHaveLength(1)
    expect(await tara.store.outbox.count()).toBe(0)
  })

  it('waits two and five minutes, whatever this computer’s clock says meanwhile', async () => {
    const { serverTime } = tara.world
    tara.world.serverTime = (account) => serverTime(account) - 86_400
    simulator.faults.add({ kind: 'offline', times: 1, match: { function: sends } })
    await tara.write(tara.draft('Late.', withSubject))
    await flush()
    tara.world.serverTime = serverTime
    await flush()
    await flush()
    expect(arrived()).toHaveLength(0)
    await later(125, 200)
    expect(arrived()).toHaveLength(1)
  })

  it('is asked about, without a link, where the clock could not tell the time of the attempt', async () => {
    const { serverTime } = tara.world
    tara.world.serverTime = (account) => serverTime(account) + 86_400
    simulator.faults.add({ kind: 'answerLost', times: 1, match: { function: sends } })
    await tara.write(tara.draft('Once.', toAnna))
    await flush()
    tara.world.serverTime = serverTime
    await later(125, 200, 400)
    expect(arrived()).toHaveLength(1)
    expect(await tara.store.outbox.toArray()).toMatchObject([{ trouble: { kind: 'not-proven' } }])
  })
})

describe('a message that waits', () => {
  it('goes out although this computer’s clock was put back by a day', async () => {
    await tara.write(tara.draft('Now.', toAnna))
    const { nowMs } = tara.world
    tara.world.nowMs = () => nowMs() - 86_400_000
    await flush()
    expect(arrived()).toHaveLength(1)
  })

  it('to a group finds it although everything that was read is forgotten', async () => {
    const group = [...simulator.school.conversations.values()].find(({ type }) => type === 2)
    await tara.write(tara.draft('All.', { conversationKey: `g${group?.id}`, dialogueId: 'general' }))
    await tara.store.conversations.clear()
    await flush()
    expect(group?.messages.map(({ text }) => text)).toEqual(['<p>All.</p>'])
  })
})
