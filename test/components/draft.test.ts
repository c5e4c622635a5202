import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createConnection } from '../../components/models/connection.ts'
import { createDraftModel } from '../../components/models/draft.ts'
import { randomKey } from '../../components/models/ref.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { ACCOUNT_ID } from '../example.ts'
import { createFakeWorker } from './fake-worker.ts'

const empty: Draft = {
  accountId: ACCOUNT_ID,
  key: 'u5/k3f9a0qm2xtb',
  conversationKey: 'u5',
  dialogueId: 'k3f9a0qm2xtb',
  text: '',
  timeChanged: 0,
  messageKey: 'aaaaaaaaaaaa',
}

function begin(draft = empty) {
  const { line, world } = createFakeWorker()
  return { world, model: createDraftModel(createConnection(line), draft) }
}

describe('a draft', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
    return () => vi.useRealTimers()
  })

  it('untouched → changed: typed', () => {
    const { model } = begin()
    expect(model.state.value).toBe('untouched')
    model.change({ text: 'Dear' })
    expect(model.state.value).toBe('changed')
  })

  it('changed → saved: 300 ms after the last key, once', async () => {
    const { model, world } = begin()
    for (const text of ['D', 'De', 'Dear']) {
      model.change({ text })
      await vi.advanceTimersByTimeAsync(200)
    }
    expect(world.questions('saveDraft')).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(world.questions('saveDraft')).toMatchObject([{ text: 'Dear' }])
    expect(model.state.value).toBe('saved')
  })

  it('changed → saved: at once when focus or page are lost', async () => {
    const { model, world } = begin()
    model.change({ text: 'Dear' })
    await model.save()
    expect(world.questions('saveDraft')).toHaveLength(1)
  })

  it('changed → unsaved: the worker is away; the next try saves', async () => {
    const { model, world } = begin()
    world.isDown = true
    model.change({ text: 'Dear' })
    await model.save()
    expect(model.state.value).toBe('unsaved')
    world.isDown = false
    await model.save()
    expect(model.state.value).toBe('saved')
  })

  it('any → sending → untouched: in the outbox, with a new key for the next message', async () => {
    const { model, world } = begin()
    model.change({ text: 'Dear Anna' })
    const sending = model.send()
    expect(model.state.value).toBe('sending')
    expect(await sending).toMatchObject({ sent: true, key: 'aaaaaaaaaaaa' })
    expect(model.state.value).toBe('untouched')
    expect(model.draft.value.text).toBe('')
    expect(model.draft.value.messageKey).not.toBe('aaaaaaaaaaaa')
    expect(world.questions('send')).toHaveLength(1)
  })

  it('sending → changed: not taken; text and key stay', async () => {
    const { model, world } = begin()
    world.refuses = { kind: 'too-long', mender: 'person' }
    model.change({ text: 'Dear Anna' })
    expect(await model.send()).toMatchObject({ sent: false })
    expect(model.state.value).toBe('changed')
    expect(model.draft.value).toMatchObject({ text: 'Dear Anna', messageKey: 'aaaaaaaaaaaa' })
  })

  it('keeps its key through a lost answer, so that asking twice is one message', async () => {
    const { model, world } = begin()
    model.change({ text: 'Dear Anna' })
    world.isDown = true
    expect(await model.send()).toBeUndefined()
    world.isDown = false
    await model.send()
    expect(world.questions('send')).toMatchObject([
      { messageKey: 'aaaaaaaaaaaa' },
      { messageKey: 'aaaaaaaaaaaa' },
    ])
  })

  it('is sent once, however often the button is pressed', async () => {
    const { model, world } = begin()
    model.change({ text: 'Dear Anna' })
    await Promise.all([model.send(), model.send(), model.send()])
    expect(world.questions('send')).toHaveLength(1)
  })

  it('takes no more words while it is being sent, so that none can be lost', async () => {
    const { model, world } = begin()
    model.change({ text: 'Dear Anna' })
    const sending = model.send()
    model.change({ text: 'Dear Anna, and' })
    expect(model.draft.value.text).toBe('Dear Anna')
    await sending
    expect(world.questions('send')).toMatchObject([{ text: 'Dear Anna' }])
  })

  it('is thrown away when nothing is left of it', async () => {
    const { model, world } = begin({ ...empty, text: 'Dear' })
    model.change({ text: '' })
    await model.save()
    expect(world.questions('discardDraft')).toEqual([{ accountId: ACCOUNT_ID, key: empty.key }])
  })

  it('is too long from one byte over the limit', async () => {
    const { model } = begin()
    model.change({ text: 'ä'.repeat(2048) })
    await model.save()
    expect(model.isTooLong.value).toBe(false)
    model.change({ text: `${'ä'.repeat(2048)}x` })
    await model.save()
    expect(model.isTooLong.value).toBe(true)
  })

  it('takes words back before those written meanwhile', () => {
    const { model } = begin()
    model.change({ text: 'Second' })
    model.takeIn({ ...empty, text: 'First', messageKey: 'bbbbbbbbbbbb' })
    expect(model.draft.value).toMatchObject({ text: 'First\n\nSecond', messageKey: 'bbbbbbbbbbbb' })
  })

  it('shows words once that were stored and come back below those taken back', async () => {
    const { model, world } = begin()
    model.change({ text: 'Second' })
    await model.save()
    model.takeIn({ ...empty, text: 'First\n\nSecond', messageKey: 'bbbbbbbbbbbb', revision: 'back' })
    expect(model.draft.value.text).toBe('First\n\nSecond')
    await model.save()
    expect(world.questions('saveDraft').at(-1)).toMatchObject({ basedOn: ['back'] })
  })
})

describe('a message key', () => {
  it('is twelve characters of 0-9a-z, and never twice the same', () => {
    const keys = Array.from({ length: 500 }, randomKey)
    expect(keys.every((key) => /^[0-9a-z]{12}$/.test(key))).toBe(true)
    expect(new Set(keys).size).toBe(500)
  })
})
