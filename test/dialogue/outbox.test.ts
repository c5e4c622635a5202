import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isHeldBack,
  mayDrop,
  mayTakeBack,
  nextToSend,
  type OutboxEntry,
  type OutboxEvent,
  type OutboxState,
  step,
  timeOfNextLook,
} from '../../lib/dialogue/outbox.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'

const NOW = 1_700_000_000_000
const offline: Trouble = { kind: 'offline', mender: 'wait' }
const unreachable: Trouble = { kind: 'unreachable', mender: 'wait' }
const refusal: Trouble = { kind: 'recipient-refuses', mender: 'nobody', serverSays: 'No' }

const written: OutboxEntry = {
  key: 'p7d2w8zr41ch',
  accountId: '3@moodle.example',
  conversationKey: 'u5',
  dialogueId: 'k3f9a0qm2xtb',
  position: 1,
  text: 'Hi',
  html: '<p>Hi</p>',
  hasLink: true,
  state: 'written',
  timeWritten: 1_700_000_000,
  notBeforeMs: NOW,
  attempts: 0,
  looks: 0,
}

const due: OutboxEvent = { kind: 'due', holder: 'w1', untilMs: NOW + 60_000, nowMs: NOW, timeServer: 1000 }
const unclear: OutboxEvent = { kind: 'unclear', trouble: unreachable }
const vain = (timeServer: number): OutboxEvent => ({ kind: 'looked-in-vain', timeServer })

function followed(entry: OutboxEntry, ...events: OutboxEvent[]): OutboxEntry {
  return events.reduce((entry, event) => {
    const next = step(entry, event)
    if (!next) throw new Error(`no arrow from ${entry.state} for ${event.kind}`)
    return next
  }, entry)
}

const sending = followed(written, due)
const unconfirmed = followed(sending, unclear)
const unprovable = { ...unconfirmed, hasLink: false }
const asked = followed(unprovable, vain(1120), vain(1300))

describe('An entry', () => {
  it('written → sending: its time has come', () => {
    expect(sending).toMatchObject({
      state: 'sending',
      lease: { holder: 'w1', untilMs: NOW + 60_000 },
      attempts: 1,
      timeAttempted: 1000,
      looks: 0,
    })
    expect(step(written, { ...due, nowMs: NOW - 1 })).toBeUndefined()
  })

  it('written → sending: not before the time that the person has put it off to', () => {
    const putOff = { ...written, sendAt: 1001 }
    expect(step(putOff, due)).toBeUndefined()
    expect(followed(putOff, { ...due, timeServer: 1001 })).toMatchObject({ state: 'sending' })
  })

  it('written → written: the person wants it sent at once', () => {
    const now = followed({ ...written, sendAt: 5000 }, { kind: 'send-now' })
    expect(now).toMatchObject({ state: 'written', evenInQuietHours: true })
    expect(followed(now, due)).toMatchObject({ state: 'sending' })
    for (const entry of [sending, unconfirmed]) expect(step(entry, { kind: 'send-now' })).toBeUndefined()
  })

  it('written → (draft): undone or taken back', () => expect(mayTakeBack(written)).toBe(true))

  it('written → (dropped): dropped by the person', () => expect(mayDrop(written)).toBe(true))

  it('sending → delivered: Moodle answered with a message id', () => {
    const delivered = followed(sending, { kind: 'delivered', messageId: 9 })
    expect(delivered).toMatchObject({ state: 'delivered', messageId: 9 })
    expect(delivered).not.toHaveProperty('lease')
    expect(step(sending, { kind: 'proven', messageId: 9 })).toEqual(delivered)
  })

  it('sending → refused: Moodle said no for this recipient', () => {
    const refused = followed(sending, { kind: 'refused', trouble: refusal, attempt: 1 })
    expect(refused).toMatchObject({ state: 'refused', text: 'Hi', trouble: refusal })
    expect(refused).not.toHaveProperty('lease')
  })

  it('sending → written: surely not executed', () => {
    const back = followed(sending, { kind: 'not-executed', trouble: offline, notBeforeMs: NOW + 5000 })
    expect(back).toMatchObject({
      state: 'written',
      key: written.key,
      position: 1,
      attempts: 1,
      trouble: offline,
      notBeforeMs: NOW + 5000,
    })
    expect(back).not.toHaveProperty('lease')
    expect(followed(back, { ...due, nowMs: NOW + 5000 })).not.toHaveProperty('trouble')
  })

  it('sending → unconfirmed: anything else', () => {
    expect(unconfirmed).toMatchObject({
      state: 'unconfirmed',
      trouble: unreachable,
      timeAttempted: 1000,
      looks: 0,
    })
  })

  it('sending → unconfirmed: the lease ran out', () => {
    const lost: OutboxEvent = { kind: 'lease-lost', nowMs: NOW + 60_000, trouble: unreachable }
    expect(followed(sending, lost)).toMatchObject({ state: 'unconfirmed' })
    expect(step(sending, { ...lost, nowMs: NOW + 59_999 })).toBeUndefined()
  })

  it('sending: the late answer of an earlier attempt changes nothing', () => {
    const second = followed(unconfirmed, vain(1120), vain(1300), due)
    expect(step(second, { kind: 'not-executed', trouble: offline, attempt: 1 })).toBeUndefined()
    expect(step(second, { kind: 'refused', trouble: refusal, attempt: 1 })).toBeUndefined()
    expect(step(second, { ...unclear, attempt: 1 })).toBeUndefined()
  })

  it('unconfirmed → delivered: the server shows it', () => {
    expect(followed(unconfirmed, { kind: 'proven', messageId: 9 })).toMatchObject({
      state: 'delivered',
      messageId: 9,
    })
  })

  it('unconfirmed → delivered: its answer came late', () => {
    expect(followed(unconfirmed, { kind: 'delivered', messageId: 9 })).toMatchObject({
      state: 'delivered',
      messageId: 9,
    })
  })

  it('unconfirmed → delivered: the person says so where no proof is possible', () => {
    expect(followed(asked, { kind: 'person-says-arrived' })).toMatchObject({ state: 'delivered' })
    expect(step(unconfirmed, { kind: 'person-says-arrived' })).toBeUndefined()
    expect(step(unprovable, { kind: 'person-says-arrived' })).toBeUndefined()
  })

  it('unconfirmed → written: two looks, 2 and 5 minutes after the attempt, do not show it', () => {
    expect(timeOfNextLook(unconfirmed)).toBe(1120)
    expect(step(unconfirmed, vain(1119))).toBeUndefined()
    const once = followed(unconfirmed, vain(1120))
    expect(once).toMatchObject({ state: 'unconfirmed', looks: 1 })
    expect(timeOfNextLook(once)).toBe(1300)
    expect(step(once, vain(1299))).toBeUndefined()
    const again = followed(once, vain(1300))
    expect(again).toMatchObject({ state: 'written', key: written.key, looks: 0, attempts: 1 })
    expect(again).not.toHaveProperty('trouble')
    expect(followed(again, due)).toMatchObject({ state: 'sending', attempts: 2 })
  })

  it('unconfirmed → unconfirmed: without a link, two looks in vain ask the person', () => {
    expect(asked).toMatchObject({ state: 'unconfirmed', trouble: { kind: 'not-proven', mender: 'person' } })
    expect(timeOfNextLook(asked)).toBeUndefined()
    expect(step(asked, vain(9999))).toBeUndefined()
  })

  it('unconfirmed → written: the person says it did not arrive, where no proof is possible', () => {
    expect(followed(asked, { kind: 'person-says-lost' })).toMatchObject({
      state: 'written',
      key: written.key,
    })
    expect(step(unconfirmed, { kind: 'person-says-lost' })).toBeUndefined()
  })

  it('written → delivered: after an attempt, the server shows it after all', () => {
    const again = followed(unconfirmed, vain(1120), vain(1300))
    expect(followed(again, { kind: 'proven', messageId: 9 })).toMatchObject({
      state: 'delivered',
      messageId: 9,
    })
    expect(step(written, { kind: 'proven', messageId: 9 })).toBeUndefined()
  })

  it('refused → (draft): the person takes it back', () =>
    expect(mayTakeBack({ ...written, state: 'refused' })).toBe(true))

  it('refused → (dropped): dropped by the person', () =>
    expect(mayDrop({ ...written, state: 'refused' })).toBe(true))

  it.each<OutboxState>(['sending', 'unconfirmed', 'delivered'])(
    '%s: cannot be taken back or dropped',
    (state) => {
      expect([mayTakeBack({ ...written, state }), mayDrop({ ...written, state })]).toEqual([false, false])
    },
  )
})

it('an attempt that a wrong clock put into the future is counted from the first look, and not from then', () => {
  const day = 86_400
  const nowMs = (time: number) => NOW + (time - 1000) * 1000
  const ahead = { ...due, timeServer: 1000 + day, nowMs: nowMs(1000 + day) }
  const look = (time: number): OutboxEvent => ({
    kind: 'looked-in-vain',
    timeServer: time,
    nowMs: nowMs(time),
  })
  const begun = followed(written, ahead, unclear, look(1060))
  expect(begun).toMatchObject({ state: 'unconfirmed', timeAttempted: 1060, looks: 0 })
  expect(followed(begun, look(1180), look(1360))).toMatchObject({ state: 'written' })
})

const events: OutboxEvent[] = [
  due,
  unclear,
  { kind: 'delivered', messageId: 9 },
  { kind: 'refused', trouble: refusal },
  { kind: 'not-executed', trouble: offline },
  { kind: 'lease-lost', nowMs: NOW + 1e6, trouble: unreachable },
  { kind: 'proven', messageId: 9 },
  vain(1120),
  vain(5000),
  { kind: 'person-says-arrived' },
  { kind: 'person-says-lost' },
]

const ARROWS: Record<OutboxState, OutboxState[]> = {
  written: ['sending', 'delivered'],
  sending: ['delivered', 'refused', 'written', 'unconfirmed'],
  unconfirmed: ['delivered', 'written', 'unconfirmed'],
  delivered: [],
  refused: [],
}

it('No event leads along an arrow that the diagram does not have, nor changes the words or the key', () => {
  const property = fc.property(
    fc.array(fc.constantFrom(...events), { maxLength: 30 }),
    fc.boolean(),
    (happened, hasLink) => {
      let entry: OutboxEntry = { ...written, hasLink }
      for (const event of happened) {
        const next = step(entry, event)
        if (!next) continue
        expect(ARROWS[entry.state]).toContain(next.state)
        expect(next).toMatchObject({ key: written.key, text: 'Hi', html: '<p>Hi</p>', position: 1 })
        expect(next.lease !== undefined).toBe(next.state === 'sending')
        entry = next
      }
    },
  )
  fc.assert(property, { numRuns: 1000 })
})

describe('What may leave', () => {
  const entry = (key: string, more: Partial<OutboxEntry>): OutboxEntry => ({ ...written, key, ...more })
  const keys = (entries: OutboxEntry[], nowMs = NOW, timeServer = nowMs / 1000) =>
    nextToSend(entries, nowMs, timeServer).map(({ key }) => key)

  it('goes in order within a conversation', () => {
    const first = entry('a', { position: 1 })
    const second = entry('b', { position: 2 })
    expect(keys([second, first])).toEqual(['a'])
    expect([isHeldBack(first, [second, first]), isHeldBack(second, [second, first])]).toEqual([false, true])
  })

  it.each<[OutboxState, string[]]>([
    ['sending', []],
    ['unconfirmed', []],
    ['delivered', ['b']],
    ['refused', ['b']],
  ])('behind a %s one is %j', (state, left) => {
    expect(keys([entry('a', { state }), entry('b', { position: 2 })])).toEqual(left)
  })

  it('waits for its time, and those behind it with it', () => {
    const entries = [entry('a', { notBeforeMs: NOW + 5000 }), entry('b', { position: 2 })]
    expect(keys(entries)).toEqual([])
    expect(keys(entries, NOW + 5000)).toEqual(['a'])
  })

  it('put off by the person holds nothing back until its time, and goes first then', () => {
    const entries = [entry('a', { sendAt: 2000 }), entry('b', { position: 2 })]
    expect(keys(entries, NOW, 1999)).toEqual(['b'])
    expect(keys(entries, NOW, 2000)).toEqual(['a'])
  })

  it('of several conversations and accounts goes by position', () => {
    const entries = [
      entry('c', { position: 3, accountId: '4@moodle.example' }),
      entry('b', { position: 2, conversationKey: 'u6' }),
      entry('a', { position: 1 }),
    ]
    expect(keys(entries)).toEqual(['a', 'b', 'c'])
  })
})
