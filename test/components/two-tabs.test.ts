import { beforeEach, describe, expect, it } from 'vitest'
import type { Ask, Connection } from '../../components/models/connection.ts'
import { createConnection } from '../../components/models/connection.ts'
import { createDraftModel } from '../../components/models/draft.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { Change } from '../../lib/extension/protocol.ts'
import { openStore, type Store } from '../../lib/store/db.ts'
import { discardDraft, draftOf, draftToOutbox, saveDraft } from '../../lib/store/drafts.ts'

const ACCOUNT = '3@moodle.example'
const KEY = 'u5/general'
const ANNA = { id: 5, fullName: 'Anna Weber' }
const BEN = { id: 6, fullName: 'Ben Ortiz' }

let store: Store
let names = 0
let heard: Set<(change: Change) => void>
/** Whether the tabs hear of each other; a tab in the background may not, or too late. */
let isHeard = true

const empty = (): Draft => ({
  accountId: ACCOUNT,
  key: KEY,
  conversationKey: 'u5',
  dialogueId: 'general',
  text: '',
  timeChanged: 0,
  messageKey: `m${++names}`.padEnd(12, '0'),
})

function tell(): void {
  for (const listener of isHeard ? heard : []) listener({ accountId: ACCOUNT, topics: ['drafts'] })
}

function entryFrom(draft: Draft) {
  return {
    ...{ key: draft.messageKey, accountId: ACCOUNT, conversationKey: 'u5', dialogueId: 'general' },
    ...{ text: draft.text, html: draft.text, hasLink: false, state: 'written' as const },
    ...{ timeWritten: 0, notBeforeMs: 0, attempts: 0, looks: 0 },
  }
}

/** The worker's answers about drafts, over the real store. */
const answers: { [question: string]: (ask: never) => Promise<unknown> } = {
  draft: ({ accountId, key }: Draft) => draftOf(store, accountId, key),
  async saveDraft(draft: Draft) {
    const saved = await saveDraft(store, draft)
    tell()
    return { ...saved, bytes: 0, limit: 4096 }
  },
  async discardDraft(ask: Draft) {
    await discardDraft(store, ask)
    tell()
  },
  async send(draft: Draft) {
    await draftToOutbox(store, draft, entryFrom(draft))
    tell()
    return { sent: true, key: draft.messageKey, ref: {}, notBeforeMs: 0 }
  },
}

const ask = (async (name: string, data: never) =>
  structuredClone(await answers[name]?.(structuredClone(data)))) as unknown as Ask

function connect(): Connection {
  return createConnection({
    ask,
    isAlive: () => true,
    listen(listener) {
      heard.add(listener)
      return () => heard.delete(listener)
    },
  })
}

async function openTab(begin: Partial<Draft> = {}) {
  const held = await draftOf(store, ACCOUNT, begin.key ?? KEY)
  return createDraftModel(connect(), held ?? { ...empty(), ...begin })
}

async function type(tab: Awaited<ReturnType<typeof openTab>>, text: string): Promise<void> {
  tab.change({ text })
  await tab.save()
}

const stored = async () => (await draftOf(store, ACCOUNT, KEY))?.text

beforeEach(() => {
  store = openStore(`tabs-${++names}`)
  heard = new Set()
  isHeard = true
})

describe('one draft in two tabs', () => {
  it('is seen in both as it grows', async () => {
    const [one, two] = [await openTab(), await openTab()]
    await type(one, 'Dear Anna')
    await expect.poll(() => two.draft.value.text).toBe('Dear Anna')
    await type(two, 'Dear Anna, thank you')
    await expect.poll(() => one.draft.value.text).toBe('Dear Anna, thank you')
    await type(one, 'Dear Anna, thank')
    await expect.poll(() => two.draft.value.text).toBe('Dear Anna, thank')
    expect([one.other.value, two.other.value, await stored()]).toEqual([
      undefined,
      undefined,
      'Dear Anna, thank',
    ])
  })

  it('merges where one only goes on with the other', async () => {
    isHeard = false
    const [one, two] = [await openTab(), await openTab()]
    await type(one, 'Dear Anna, thank you')
    await type(two, 'Dear Anna')
    expect(two.draft.value.text).toBe('Dear Anna, thank you')
    expect([two.other.value, await stored()]).toEqual([undefined, 'Dear Anna, thank you'])
  })

  it('says so where the texts differ, and keeps both until the person has chosen', async () => {
    isHeard = false
    const [one, two] = [await openTab(), await openTab()]
    await type(one, 'First thought')
    await type(two, 'Second thought')
    expect(two.other.value?.text).toBe('First thought')
    expect(two.draft.value.text).toBe('Second thought')
    expect(await stored()).toBe('First thought\n\nSecond thought')
    await type(two, 'Second thought, longer')
    expect(await stored()).toBe('First thought\n\nSecond thought, longer')
  })

  it.each([
    ['keepMine', 'Second'],
    ['takeTheirs', 'First'],
    ['keepBoth', 'First\n\nSecond'],
  ] as const)('%s leaves %j', async (choice, text) => {
    isHeard = false
    const [one, two] = [await openTab(), await openTab()]
    await type(one, 'First')
    await type(two, 'Second')
    two[choice]()
    await two.save()
    expect([two.draft.value.text, two.other.value, await stored()]).toEqual([text, undefined, text])
  })

  it('is not thrown away from a tab that has not seen it', async () => {
    isHeard = false
    const [one, two] = [await openTab(), await openTab()]
    await type(one, 'First')
    await type(two, '')
    expect(await stored()).toBe('First')
  })

  it('keeps words that the tab that sends has not seen', async () => {
    const one = await openTab()
    await type(one, 'Dear Anna')
    isHeard = false
    const two = await openTab()
    await type(two, 'Dear Ben')
    await one.send()
    expect(await stored()).toBe('Dear Ben')
    expect((await store.outbox.toArray()).map(({ text }) => text)).toEqual(['Dear Anna'])
  })

  it('is gone from both when it is sent from one', async () => {
    const [one, two] = [await openTab(), await openTab()]
    await type(one, 'Dear Anna')
    await expect.poll(() => two.draft.value.text).toBe('Dear Anna')
    const { messageKey } = one.draft.value
    await one.send()
    two.leaveTo([{ key: messageKey }])
    expect([one.draft.value.text, two.draft.value.text, await stored()]).toEqual(['', '', undefined])
  })

  it('to two people becomes two drafts', async () => {
    isHeard = false
    const begin = { key: 'new/2/0' }
    const [one, two] = [await openTab(begin), await openTab(begin)]
    one.change({ to: ANNA, text: 'For Anna' })
    await one.save()
    two.change({ to: BEN, text: 'For Ben' })
    await two.save()
    expect((await store.drafts.toArray()).map(({ text, to }) => [to?.fullName, text]).sort()).toEqual([
      ['Anna Weber', 'For Anna'],
      ['Ben Ortiz', 'For Ben'],
    ])
    await type(two, 'For Ben, more')
    expect(await store.drafts.count()).toBe(2)
  })

  it('typed on while it is being saved is no other tab', async () => {
    const one = await openTab()
    one.change({ text: 'Dear Anna' })
    const first = one.save()
    one.change({ text: 'Hello Anna' })
    await Promise.all([first, one.save()])
    expect([one.other.value, await stored()]).toEqual([undefined, 'Hello Anna'])
  })

  it('is not written over by words typed while another tab’s were taken in', async () => {
    isHeard = false
    const [one, two] = [await openTab(), await openTab()]
    await type(one, 'Dear Anna, thank you')
    two.change({ text: 'Dear Anna' })
    const saving = two.save()
    two.change({ text: 'Dear Anna!' })
    await saving
    await two.save()
    expect(two.other.value?.text ?? (await stored())).toContain('thank you')
    expect(await stored()).toContain('Dear Anna!')
  })
})
