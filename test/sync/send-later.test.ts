import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { moveEntry } from '../../lib/store/outbox.ts'
import { drop, takeBack } from '../../lib/sync/take-back.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

const ANNA = { id: 5, fullName: 'Anna Weber' }
const HOUR = 3600

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

async function write(text: string, change: Partial<Draft> = {}) {
  const written = await tara.write(tara.draft(text, { to: ANNA, subject: 'Essay', ...change }))
  if (!('entry' in written)) throw new Error('not written')
  return written.entry
}

const inAnHour = () => simulator.clock.now() + HOUR

async function flush(seconds = 0): Promise<void> {
  simulator.clock.advance(seconds)
  await tara.engine.flush(tara.accountId)
}

/** What has arrived, in its order. */
const arrived = () =>
  [...simulator.school.messages.values()]
    .filter(({ useridfrom }) => useridfrom === 3)
    .map(({ text }) => /<p>(.*?)<\/p>/s.exec(text)?.[1])

describe('a message that is put off', () => {
  it('leaves at its time, once', async () => {
    await write('Later', { sendAt: inAnHour() })
    const before = arrived()
    await flush()
    await flush(HOUR - 60)
    expect(arrived()).toEqual(before)
    await flush(61)
    await flush(HOUR)
    expect(arrived()).toEqual([...before, 'Later'])
    expect(await tara.store.outbox.count()).toBe(0)
  })

  it('holds back nobody: what is written after it leaves before it, in the same conversation', async () => {
    const before = arrived().length
    await write('Later', { sendAt: inAnHour() })
    const { conversationKey, dialogueId } = await write('Now')
    await flush()
    expect(arrived().slice(before)).toEqual(['Now'])
    const thread = await tara.thread(conversationKey, dialogueId)
    expect(thread?.messages).toHaveLength(1)
    await flush(HOUR + 1)
    expect(arrived().slice(before)).toEqual(['Now', 'Later'])
  })

  it('is shown with its time, and as held back by nothing', async () => {
    const sendAt = inAnHour()
    const { conversationKey, dialogueId } = await write('Later', { sendAt })
    const thread = await tara.thread(conversationKey, dialogueId)
    expect(thread?.entries).toMatchObject([{ state: 'written', sendAt, canUndo: true, heldBack: false }])
    expect((await tara.list()).rows).toMatchObject([{ outbox: 'written', sendAt }])
  })

  it('leaves at once where the person says so, in quiet hours too', async () => {
    const before = arrived().length
    const minute = new Date(simulator.clock.milliseconds()).getHours() * 60
    const quietHours = { fromMinute: minute, toMinute: (minute + 60) % 1440 }
    await tara.store.accounts.update(tara.accountId, { quietHours })
    const { key } = await write('Later', { sendAt: inAnHour() })
    await moveEntry(tara.store, tara.accountId, key, { kind: 'send-now' })
    await flush()
    expect(arrived().slice(before)).toEqual(['Later'])
  })

  it('taken back is a draft without a time, and never leaves by itself', async () => {
    const before = arrived().length
    const { key } = await write('Later', { sendAt: inAnHour() })
    const draft = await takeBack(tara.world, await tara.account(), key)
    expect(draft).toMatchObject({ text: 'Later', subject: 'Essay' })
    expect(draft).not.toHaveProperty('sendAt')
    const { key: dropped } = await write('Dropped', { sendAt: inAnHour() })
    expect(await drop(tara.world, await tara.account(), dropped)).toBe(true)
    await flush(2 * HOUR)
    expect(arrived().slice(before)).toEqual([])
  })

  it('goes by the site’s clock: one of this computer’s that jumps sends nothing early and nothing twice', async () => {
    const before = arrived().length
    await write('Later', { sendAt: inAnHour() })
    const { nowMs } = tara.world
    for (const days of [1, -1, 0]) {
      tara.world.nowMs = () => nowMs() + days * 86_400_000
      await flush()
      expect(arrived().slice(before)).toEqual([])
    }
    tara.world.nowMs = () => nowMs() - 86_400_000
    await flush(HOUR)
    await flush(HOUR)
    expect(arrived().slice(before)).toEqual(['Later'])
  })
})

describe('a signature', () => {
  const SIGNED = { signature: 'Tara Teacher\nRoom 12' }
  const last = () => [...simulator.school.messages.values()].at(-1)?.text ?? ''

  it('stands under the words as they leave, once, and not in what comes back', async () => {
    const { key } = await write('Dear Anna', SIGNED)
    const back = await takeBack(tara.world, await tara.account(), key)
    expect(back).toMatchObject({ text: 'Dear Anna', ...SIGNED })
    if (!back) throw new Error('not taken back')
    const again = await tara.write({ ...back, text: 'Dear Anna,' })
    if (!('entry' in again)) throw new Error('not written')
    await flush()
    expect(last().match(/Tara Teacher/g)).toHaveLength(1)
    expect(last()).toMatch(/Dear Anna,.*Tara Teacher.*Room 12/s)
  })

  it('that is typed by hand already is not put there a second time', async () => {
    await write('Dear Anna\n\nTara Teacher\nRoom 12', SIGNED)
    await flush()
    expect(last().match(/Room 12/g)).toHaveLength(1)
  })

  it('that the person left out stays out when the message comes back', async () => {
    const { key } = await write('Dear Anna', { signature: '' })
    expect(await takeBack(tara.world, await tara.account(), key)).toMatchObject({ signature: '' })
  })

  it('counts in the length', async () => {
    const long = 'x'.repeat(3900)
    const { key } = await write(long)
    await takeBack(tara.world, await tara.account(), key)
    const draft = tara.draft(long, { to: ANNA, subject: 'Essay', signature: 'y'.repeat(400) })
    expect(await tara.write(draft)).toMatchObject({ kind: 'too-long' })
  })
})
