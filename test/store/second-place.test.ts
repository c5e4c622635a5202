import Dexie from 'dexie'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { forgetCached, removeAccount } from '../../lib/store/accounts.ts'
import { openStore, type Store } from '../../lib/store/db.ts'
import { discardDraft, saveDraft } from '../../lib/store/drafts.ts'
import { keepAside, mirrored } from '../../lib/store/mirror.ts'
import { openSafely } from '../../lib/store/open.ts'
import { removeEntries } from '../../lib/store/outbox.ts'
import { saveRule, sendToSeveral, startRule } from '../../lib/sync/rule-life.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerIn } from '../sync/computer.ts'
import { createSecondPlace } from './second-place.ts'

let simulator: Simulator
let second: ReturnType<typeof createSecondPlace>
let store: Store
let tara: Computer
let names = 0
let name = ''

beforeEach(async () => {
  simulator = await startSimulator()
  second = createSecondPlace()
  name = `second-${++names}`
  store = openStore(name)
  await openSafely(store, second.place)
  tara = await computerIn(simulator, 'teacher1', store)
})

afterEach(async () => {
  vi.restoreAllMocks()
  await simulator.close()
})

const answer = (text: string, change: Partial<Draft> = {}) =>
  tara.draft(text, { key: 'u5/general', conversationKey: 'u5', dialogueId: 'general', ...change })
const toAnna = { to: { id: 5, fullName: 'Student Number1' }, subject: 'Essay 1' }
const SEND = 'core_message_send_instant_messages'
const received = () =>
  simulator.messagesBetween('teacher1', 'student1').filter(({ text }) => text.includes('kept words'))

/** As after the browser was closed: the same second place, and what is left of the database. */
async function startAgain(): Promise<{ isNew: boolean }> {
  await mirrored(store)
  store.close()
  store = openStore(name)
  const opened = await openSafely(store, second.place)
  tara = await computerIn(simulator, 'teacher1', store)
  return opened
}

async function lose(): Promise<void> {
  await mirrored(store)
  store.close()
  await Dexie.delete(name)
}

describe('the second place', () => {
  it('holds a draft as soon as the database does, an item a key, and lets it go with it', async () => {
    await saveDraft(store, answer('One'))
    await saveDraft(store, answer('Two', { key: 'u6/general', conversationKey: 'u6' }))
    await mirrored(store)
    expect(second.keys('drafts')).toHaveLength(2)
    await saveDraft(store, answer('One and'))
    await mirrored(store)
    expect(second.items.get(`kept:drafts:${tara.accountId} u5/general`)).toMatchObject({ text: 'One and' })
    await discardDraft(store, { accountId: tara.accountId, key: 'u5/general' })
    await mirrored(store)
    expect(second.keys('drafts')).toEqual([`kept:drafts:${tara.accountId} u6/general`])
  })

  it('is read once at a start where both agree, and the worker waits for nothing more', async () => {
    await saveDraft(store, answer('One'))
    await tara.write(tara.draft('kept words', toAnna))
    await mirrored(store)
    store.close()
    const [read, write] = [vi.spyOn(second.place, 'read'), vi.spyOn(second.place, 'write')]
    await openSafely(openStore(name), second.place)
    expect([read.mock.calls.length, write.mock.calls.length]).toEqual([1, 0])
  })

  it('follows an entry through its states until it is gone', async () => {
    const written = await tara.write(tara.draft('kept words', toAnna))
    if (!('entry' in written)) throw new Error('refused')
    const key = `kept:outbox:${tara.accountId} ${written.entry.key}`
    await mirrored(store)
    expect(second.items.get(key)).toMatchObject({ state: 'written' })
    simulator.faults.add({ kind: 'answerLost', times: 1, match: { function: SEND } })
    await tara.engine.flush(tara.accountId)
    await mirrored(store)
    expect(second.items.get(key)).toMatchObject({ state: 'unconfirmed' })
    await tara.engine.flush(tara.accountId)
    await mirrored(store)
    expect(second.keys('outbox')).toEqual([])
  })

  it('knows of an attempt before anything leaves', async () => {
    await tara.write(tara.draft('kept words', toAnna))
    await mirrored(store)
    const write = second.place.write
    second.place.write = async (changes) => {
      await new Promise((done) => setTimeout(done, 20))
      await write(changes)
    }
    const atEachRequest: string[] = []
    const ask = globalThis.fetch
    vi.spyOn(globalThis, 'fetch').mockImplementation((...args) => {
      atEachRequest.push(second.raw())
      return ask(...args)
    })
    await tara.engine.flush(tara.accountId)
    expect(received()).toHaveLength(1)
    expect(atEachRequest[0]).toContain('"state":"sending"')
  })

  it('does not learn of a transaction that was taken back', async () => {
    const failing = store.transaction('rw', store.drafts, async () => {
      await store.drafts.put(answer('Never'))
      throw new Error('on purpose')
    })
    await expect(failing).rejects.toThrow('on purpose')
    await mirrored(store)
    expect(second.keys('drafts')).toEqual([])
  })

  it('holds nothing of an account that is removed, and of others everything', async () => {
    const anna = await computerIn(simulator, 'student1', store)
    await saveDraft(store, { ...answer('Annas words'), accountId: anna.accountId })
    await saveDraft(store, answer('Taras words'))
    await tara.write(tara.draft('kept words', toAnna))
    await removeAccount(store, tara.accountId)
    expect(second.raw()).not.toContain(tara.accountId)
    expect(second.raw()).not.toContain('Taras words')
    expect(second.raw()).toContain('Annas words')
    for (const table of store.tables)
      expect(JSON.stringify(await table.toArray())).not.toContain(tara.accountId)
  })

  it('holds unsent words and nothing that was read, once somebody else has logged in', async () => {
    simulator.say({ from: 'student1', to: 'teacher1', text: '<p>Read words</p>' })
    await tara.engine.round(tara.accountId)
    await saveDraft(store, answer('Unsent words'))
    await forgetCached(store, tara.accountId)
    await store.accounts.update(tara.accountId, { locked: true })
    await lose()
    await startAgain()
    expect(second.raw()).toContain('Unsent words')
    expect(second.raw()).not.toContain('Read words')
    expect(await store.accounts.get(tara.accountId)).toMatchObject({ locked: true })
  })

  it('holds no secret', async () => {
    const { keepToken } = await import('../../lib/store/tokens.ts')
    await keepToken(store, tara.accountId, 'a-very-secret-token')
    await mirrored(store)
    expect([...second.items.keys()].map((key) => key.split(':')[1])).toEqual(['database', 'accounts'])
    expect(second.raw()).not.toContain('secret')
  })
})

describe('a database that is lost', () => {
  it('comes back with account, drafts and outbox, and the rest from the site', async () => {
    simulator.say({ from: 'student1', to: 'teacher1', text: '<p>Still there</p>' })
    await tara.engine.round(tara.accountId)
    await saveDraft(store, answer('Half a sentence'))
    await tara.write(tara.draft('kept words', toAnna))
    await lose()
    expect(await startAgain()).toEqual({ isNew: true })
    expect((await tara.thread('u5'))?.draft?.text).toBe('Half a sentence')
    expect((await tara.list()).rows[0]).toMatchObject({ subject: 'Essay 1', outbox: 'written' })
    await tara.engine.catchUp(tara.accountId)
    await tara.engine.round(tara.accountId)
    await tara.engine.flush(tara.accountId)
    expect(received()).toHaveLength(1)
    expect((await tara.thread('u5'))?.messages.at(-1)?.html).toContain('Still there')
  })

  it('brings back what was put off with its time, and sends it then and once', async () => {
    const sendAt = simulator.clock.now() + 3600
    const written = await tara.write(tara.draft('kept words', { ...toAnna, sendAt }))
    if (!('entry' in written)) throw new Error('refused')
    await saveDraft(store, answer('Half a sentence', { sendAt }))
    await lose()
    await startAgain()
    expect(await store.outbox.toArray()).toMatchObject([{ state: 'written', sendAt }])
    expect(await store.drafts.toArray()).toMatchObject([{ text: 'Half a sentence', sendAt }])
    expect((await tara.list()).rows).toMatchObject([{ outbox: 'written', sendAt }])
    await tara.engine.flush(tara.accountId)
    expect(received()).toEqual([])
    simulator.clock.advance(3601)
    await tara.engine.flush(tara.accountId)
    await tara.engine.flush(tara.accountId)
    expect(received()).toHaveLength(1)
  })

  it('brings back a message to several that was put off, which waits for the person', async () => {
    const sendAt = simulator.clock.now() + 3600
    const draft = tara.draft('kept words', { subject: 'Trip', sendAt })
    const sent = await sendToSeveral(tara.world, await tara.account(), {
      draft,
      userIds: [5, 6],
      undoSeconds: 0,
    })
    expect(sent).toMatchObject({ timeNotBefore: sendAt })
    await lose()
    await startAgain()
    expect(await store.rules.toArray()).toMatchObject([{ state: 'paused', timeNotBefore: sendAt }])
    simulator.clock.advance(3601)
    await tara.engine.rules(tara.accountId)
    expect(received()).toEqual([])
  })

  it('looks for an entry that was being sent, and does not send it again', async () => {
    simulator.faults.add({ kind: 'latency', ms: 60_000, match: { function: SEND } })
    const written = await tara.write(tara.draft('kept words', toAnna))
    if (!('entry' in written)) throw new Error('refused')
    void tara.engine.flush(tara.accountId).catch(() => undefined)
    await expect.poll(() => second.raw()).toContain('"state":"sending"')
    simulator.faults.clear()
    simulator.say({ from: 'teacher1', to: 'student1', text: written.entry.html })
    await lose()
    await startAgain()
    expect((await store.outbox.toArray()).map(({ state }) => state)).toEqual(['unconfirmed'])
    for (const seconds of [0, 125, 300]) {
      simulator.clock.advance(seconds)
      await tara.engine.flush(tara.accountId)
    }
    expect(received()).toHaveLength(1)
    expect(await store.outbox.count()).toBe(0)
  })

  it('is made anew where it cannot be opened at all', async () => {
    await saveDraft(store, answer('Half a sentence'))
    await mirrored(store)
    store.close()
    const open = indexedDB.open.bind(indexedDB)
    const remove = indexedDB.deleteDatabase.bind(indexedDB)
    let isBroken = true
    vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation((which) => {
      isBroken = false
      return remove(which)
    })
    vi.spyOn(indexedDB, 'open').mockImplementation((which, version) => {
      if (isBroken && which === name)
        throw new DOMException('Internal error opening backing store', 'UnknownError')
      return open(which, version)
    })
    store = openStore(name)
    expect(await openSafely(store, second.place)).toEqual({ isNew: true })
    expect((await store.drafts.toArray()).map(({ text }) => text)).toEqual(['Half a sentence'])
    expect(await store.accounts.count()).toBe(1)
  })

  it('brings back rules with their words, and has them ask whom they have reached', async () => {
    const account = await store.accounts.get(tara.accountId)
    if (!account) throw new Error('no account')
    const words = { accountId: account.id, subject: 'Hi', text: 'Words of a rule', repliesExpected: true }
    const rule = await saveRule(tara.world, account, { ...words, audience: { kind: 'people', userIds: [5] } })
    await saveRule(tara.world, account, { ...words, audience: { kind: 'people', userIds: [6] } })
    if (rule) await startRule(tara.world, account, rule, 0)
    await lose()
    await startAgain()
    const rules = await store.rules.toArray()
    expect(rules.map(({ text }) => text)).toEqual(['Words of a rule', 'Words of a rule'])
    expect(rules.find(({ id }) => id === rule?.id)).toMatchObject({ state: 'paused', ledger: 'incomplete' })
    expect(rules.filter(({ state }) => state === 'draft')).toHaveLength(1)
  })

  it('is made anew where its tables are not what they were', async () => {
    await saveDraft(store, answer('Half a sentence'))
    await lose()
    const broken = new Dexie(name)
    broken
      .version(1)
      .stores({ drafts: '++number', outbox: '++number', accounts: '++number', keys: '++number' })
    await broken.open()
    broken.close()
    expect(await startAgain()).toEqual({ isNew: true })
    expect((await store.drafts.toArray()).map(({ text }) => text)).toEqual(['Half a sentence'])
  })

  it('stays as it is, like the second place, where the browser opens none', async () => {
    await saveDraft(store, answer('Half a sentence'))
    await mirrored(store)
    store.close()
    const before = second.raw()
    const denied = () => {
      throw new DOMException('The user denied permission to access the database', 'UnknownError')
    }
    vi.spyOn(indexedDB, 'open').mockImplementation(denied)
    vi.spyOn(indexedDB, 'deleteDatabase').mockImplementation(denied)
    store = openStore(name)
    await expect(openSafely(store, second.place)).rejects.toThrow()
    expect(second.raw()).toBe(before)
  })
})

describe('a database that is the same', () => {
  it('keeps what was put off with its time, here and in the second place', async () => {
    const sendAt = simulator.clock.now() + 3600
    await tara.write(tara.draft('kept words', { ...toAnna, sendAt }))
    expect(await startAgain()).toEqual({ isNew: false })
    expect(await store.outbox.toArray()).toMatchObject([{ state: 'written', sendAt }])
    expect(second.raw()).toContain(`"sendAt":${sendAt}`)
    await tara.engine.flush(tara.accountId)
    expect(received()).toEqual([])
  })

  it('gets a draft that it could not take, from the second place', async () => {
    await saveDraft(store, answer('Half'))
    await keepAside(store, answer('Half a sentence', { timeChanged: simulator.clock.now() + 1 }))
    expect(await startAgain()).toEqual({ isNew: false })
    expect((await store.drafts.toArray()).map(({ text }) => text)).toEqual(['Half a sentence'])
  })

  it('does not bring back what has arrived, nor an account that was removed', async () => {
    await tara.write(tara.draft('kept words', toAnna))
    await mirrored(store)
    const stale = new Map(second.items)
    await tara.engine.flush(tara.accountId)
    await mirrored(store)
    for (const [key, item] of stale) second.items.set(key, item)
    await startAgain()
    await tara.engine.flush(tara.accountId)
    expect([await store.outbox.count(), second.keys('outbox'), received().length]).toEqual([0, [], 1])
    await removeAccount(store, tara.accountId)
    for (const [key, item] of stale) second.items.set(key, item)
    store.close()
    store = openStore(name)
    await openSafely(store, second.place)
    expect([await store.accounts.count(), second.raw().includes(tara.accountId)]).toEqual([0, false])
  })

  it('asks the person about an entry that only the second place knows', async () => {
    const written = await tara.write(tara.draft('kept words', toAnna))
    if (!('entry' in written)) throw new Error('refused')
    await mirrored(store)
    const stale = new Map(second.items)
    await removeEntries(store, tara.accountId, [written.entry.key])
    await mirrored(store)
    for (const [key, item] of stale) second.items.set(key, item)
    await startAgain()
    await tara.engine.flush(tara.accountId)
    expect(received()).toEqual([])
    const [entry] = await store.outbox.toArray()
    expect(entry).toMatchObject({ state: 'refused', text: 'kept words', trouble: { kind: 'storage' } })
  })
})
