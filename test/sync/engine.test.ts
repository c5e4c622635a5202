import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { answerDraftKey } from '../../lib/dialogue/draft.ts'
import { outboxToDraft, saveDraft } from '../../lib/store/drafts.ts'
import { draftFrom } from '../../lib/sync/draft-from.ts'
import { takeBack } from '../../lib/sync/take-back.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let tara: Computer
let anna: Computer

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
  anna = await computerOf(simulator, 'student1')
  before = simulator.say({ from: 'student1', to: 'student1', text: '<p>Note</p>' }).id
})

afterEach(() => simulator.close())

/** What came since the test began; the school has a past. */
const between = (a: string, b: string) => simulator.messagesBetween(a, b).filter(({ id }) => id > before)
let before = 0

const toAnna = { to: { id: 5, fullName: 'Student Number1' } }
const essay = () => ({
  url: `${simulator.wwwroot}/mod/assign/view.php?id=3`,
  name: 'Essay 1',
  courseId: 2,
  cmid: 3,
})

async function begin(subject = 'Essay 1 feedback') {
  const written = await tara.write(
    tara.draft('The second paragraph needs a source.', { ...toAnna, subject, about: essay() }),
  )
  if (!('entry' in written)) throw new Error(`refused: ${written.kind}`)
  await tara.engine.flush(tara.accountId)
  return written
}

describe('a dialogue', () => {
  it('travels from a teacher to a student and back, with its subject, page and course', async () => {
    const { ref } = await begin()
    await anna.engine.catchUp(anna.accountId)
    await anna.engine.round(anna.accountId)
    const [row] = (await anna.list()).rows
    expect(row).toMatchObject({
      subject: 'Essay 1 feedback',
      unread: 1,
      course: { id: 2 },
      needsAnswer: true,
    })
    expect(row?.ref.dialogueId).toBe(ref.dialogueId)

    await anna.write(anna.draft('Which one?', { conversationKey: 'u3', dialogueId: ref.dialogueId }))
    await anna.engine.flush(anna.accountId)
    await tara.engine.round(tara.accountId)
    const thread = await tara.thread('u5', ref.dialogueId)
    expect(thread?.messages.map(({ html }) => html)).toEqual([
      expect.stringContaining('needs a source'),
      expect.stringContaining('Which one?'),
    ])
    expect((await tara.list()).counts?.unread).toBe(1)
  })

  it('is in the list while its first message is still on its way', async () => {
    simulator.faults.add({ kind: 'offline' })
    const { ref } = await begin()
    const [row] = (await tara.list()).rows
    expect(row).toMatchObject({ subject: 'Essay 1 feedback', outbox: 'unconfirmed' })
    expect((await tara.thread('u5', ref.dialogueId))?.entries).toHaveLength(1)
  })

  it('is one of several in a conversation, each with its own unread number', async () => {
    const first = await begin('Essay 1 feedback')
    const second = await begin('Lab report')
    await anna.engine.catchUp(anna.accountId)
    await anna.engine.round(anna.accountId)
    const rows = (await anna.list()).rows.filter(({ subject }) => subject !== undefined)
    expect(new Set(rows.map(({ subject }) => subject))).toEqual(new Set(['Essay 1 feedback', 'Lab report']))
    expect(rows.map(({ unread }) => unread)).toEqual([1, 1])
    expect(first.ref.dialogueId).not.toBe(second.ref.dialogueId)
  })
})

describe('looking', () => {
  it('at the person’s wish finds what came after a look under way had asked', async () => {
    await anna.engine.catchUp(anna.accountId)
    let anew: Promise<unknown> | undefined
    anna.world.note = (_, { kind }) => {
      if (kind !== 'news' || anew) return
      simulator.say({ from: 'teacher1', to: 'student1', text: '<p>Just now</p>' })
      anew = anna.engine.roundAnew(anna.accountId)
    }
    await anna.engine.round(anna.accountId)
    await anew
    expect((await anna.thread('u3'))?.messages.at(-1)?.html).toContain('Just now')
  })

  it('is done once for all who wish it meanwhile', async () => {
    await anna.engine.catchUp(anna.accountId)
    simulator.requests.clear()
    const wish = () => anna.engine.roundAnew(anna.accountId)
    await Promise.all([anna.engine.round(anna.accountId), wish(), wish(), wish()])
    expect(simulator.requests.count('core_message_get_unread_conversation_counts')).toBe(2)
  })
})

describe('sending', () => {
  it('whose answer is lost happens once', async () => {
    simulator.faults.add({
      kind: 'answerLost',
      times: 1,
      match: { function: 'core_message_send_instant_messages' },
    })
    const { ref } = await begin()
    expect((await tara.thread('u5', ref.dialogueId))?.entries[0]?.state).toBe('unconfirmed')
    await tara.engine.flush(tara.accountId)
    expect((await tara.thread('u5', ref.dialogueId))?.entries).toEqual([])
    expect(between('teacher1', 'student1')).toHaveLength(1)
  })

  it('the same words twice without a link does not take the first for the second', async () => {
    const note = () => tara.draft('ok', { conversationKey: 'u5', dialogueId: 'general' })
    await tara.write(note())
    await tara.engine.flush(tara.accountId)
    simulator.faults.add({
      kind: 'offline',
      times: 1,
      match: { function: 'core_message_send_instant_messages' },
    })
    await tara.write(note())
    await tara.engine.flush(tara.accountId)
    await tara.engine.flush(tara.accountId)
    expect(between('teacher1', 'student1')).toHaveLength(1)
    expect((await tara.store.outbox.toArray()).map(({ state, text }) => [state, text])).toEqual([
      ['unconfirmed', 'ok'],
    ])
  })

  it('without a link that never arrived is repeated when nothing on the site could be it', async () => {
    simulator.faults.add({
      kind: 'offline',
      times: 1,
      match: { function: 'core_message_send_instant_messages' },
    })
    await tara.write(tara.draft('ok', { conversationKey: 'u5', dialogueId: 'general' }))
    await tara.engine.flush(tara.accountId)
    for (const seconds of [125, 200]) {
      simulator.clock.advance(seconds)
      await tara.engine.flush(tara.accountId)
    }
    expect(between('teacher1', 'student1')).toHaveLength(1)
  })

  it('without a link asks the person when another message could be it', async () => {
    simulator.faults.add({
      kind: 'offline',
      times: 1,
      match: { function: 'core_message_send_instant_messages' },
    })
    await tara.write(tara.draft('ok', { conversationKey: 'u5', dialogueId: 'general' }))
    await tara.engine.flush(tara.accountId)
    simulator.say({ from: 'teacher1', to: 'student1', text: '<p>From my phone</p>' })
    for (const seconds of [125, 200]) {
      simulator.clock.advance(seconds)
      await tara.engine.flush(tara.accountId)
    }
    expect((await tara.store.outbox.toArray())[0]).toMatchObject({
      state: 'unconfirmed',
      trouble: { kind: 'not-proven' },
    })
    expect(between('teacher1', 'student1')).toHaveLength(1)
  })

  it('that never arrived is repeated with the same key after two looks', async () => {
    simulator.faults.add({
      kind: 'offline',
      times: 1,
      match: { function: 'core_message_send_instant_messages' },
    })
    const { entry } = await begin()
    for (const seconds of [125, 200]) {
      simulator.clock.advance(seconds)
      await tara.engine.flush(tara.accountId)
    }
    const stored = between('teacher1', 'student1')
    expect(stored).toHaveLength(1)
    expect(stored[0]?.text).toContain(`m=${entry.key}`)
  })

  it('that a worker died over is settled by the next worker', async () => {
    simulator.faults.add({
      kind: 'latency',
      ms: 60_000,
      match: { function: 'core_message_send_instant_messages' },
    })
    const written = await tara.write(tara.draft('Words', { ...toAnna, subject: 'Essay 1 feedback' }))
    if (!('entry' in written)) throw new Error('refused')
    void tara.engine.flush(tara.accountId)
    await expect.poll(async () => (await tara.store.outbox.toArray())[0]?.state).toBe('sending')
    simulator.faults.clear()
    simulator.say({ from: 'teacher1', to: 'student1', text: written.entry.html })
    const next = await tara.restart()
    await next.engine.flush(next.accountId)
    expect(await next.store.outbox.count()).toBe(0)
    expect(between('teacher1', 'student1')).toHaveLength(1)
  })

  it('to somebody who refuses keeps the words and names the reason', async () => {
    simulator.setPrivacy('student2', 1)
    await anna.write(anna.draft('Hello?', { to: { id: 6, fullName: 'Student Number2' } }))
    await anna.engine.flush(anna.accountId)
    const [entry] = (await anna.thread('u6'))?.entries ?? []
    expect(entry).toMatchObject({ state: 'refused', trouble: { kind: 'recipient-refuses' } })
    expect(entry?.trouble?.serverSays).not.toBe('')
    expect(between('student1', 'student2')).toHaveLength(0)
  })

  it.each([
    ['maintenance', () => simulator.setMaintenance(true), () => simulator.setMaintenance(false)],
    ['messaging switched off', () => simulator.setMessaging(false), () => simulator.setMessaging(true)],
    [
      'a forced change of password',
      () => simulator.forcePasswordChange('teacher1'),
      () => simulator.forcePasswordChange('teacher1', false),
    ],
  ])('waits through %s and goes out once afterwards', async (_, close, open) => {
    close()
    const { ref } = await begin()
    expect((await tara.thread('u5', ref.dialogueId))?.entries[0]?.state).toBe('written')
    open()
    await tara.engine.flush(tara.accountId)
    expect(between('teacher1', 'student1')).toHaveLength(1)
  })

  it.each(['', '   ', '\u00a0\n'])('refuses the blank text %j before anything moves', async (text) => {
    expect(await tara.write(tara.draft(text, toAnna))).toMatchObject({ kind: 'empty' })
    expect(await tara.store.outbox.count()).toBe(0)
  })

  it('refuses 4,097 bytes and takes 4,096', async () => {
    const words = (n: number) => 'x'.repeat(n - '<p></p>'.length)
    expect(await tara.write(tara.draft(words(4097), toAnna))).toMatchObject({ kind: 'too-long' })
    expect(await tara.write(tara.draft(words(4096), toAnna))).toHaveProperty('entry')
  })

  it('asked for twice with one key is one message', async () => {
    const draft = tara.draft('Once.', toAnna)
    await Promise.all([tara.write(draft), tara.write(draft)])
    await tara.engine.flush(tara.accountId)
    expect(between('teacher1', 'student1')).toHaveLength(1)
  })
})

describe('a round', () => {
  it('that finds nothing is one request', async () => {
    await tara.engine.catchUp(tara.accountId)
    await tara.engine.round(tara.accountId)
    simulator.requests.clear()
    await tara.engine.round(tara.accountId)
    expect(simulator.requests.all()).toHaveLength(1)
  })

  it('finds a second message in a conversation that is unread already, which the counters do not show', async () => {
    simulator.say({ from: 'student1', to: 'teacher1', text: '<p>One</p>' })
    await tara.engine.round(tara.accountId)
    simulator.say({ from: 'student1', to: 'teacher1', text: '<p>Two</p>' })
    await tara.engine.round(tara.accountId)
    expect((await tara.list()).rows[0]).toMatchObject({ unread: 2, snippet: { text: 'Two' } })
  })

  it('marks as read what was read elsewhere', async () => {
    const { id } = simulator.say({ from: 'student1', to: 'teacher1', text: '<p>One</p>' })
    await tara.engine.round(tara.accountId)
    const phone = await computerOf(simulator, 'teacher1')
    await phone.engine.round(phone.accountId)
    await phone.store.sync.update(phone.accountId, { readsToTell: [id] })
    await phone.engine.tellReads(phone.accountId)
    await tara.engine.round(tara.accountId)
    expect((await tara.list()).counts?.unread).toBe(0)
  })

  it('finds in slow rounds what was sent from elsewhere', async () => {
    await tara.engine.catchUp(tara.accountId)
    simulator.say({ from: 'teacher1', to: 'student2', text: '<p>From my phone</p>' })
    await tara.engine.round(tara.accountId)
    expect((await tara.list()).rows[0]?.snippet).toMatchObject({ mine: true, text: 'From my phone' })
  })

  it.each([
    ['of one’s own', 'teacher1', 'student2'],
    ['of the other side', 'student2', 'teacher1'],
  ])('finds in slow rounds that a message %s was deleted elsewhere', async (_, from, to) => {
    const said = ['One', 'Two', 'Three', 'Four'].map((word) => {
      simulator.clock.advance(2)
      return simulator.say({ from, to, text: `<p>${word}</p>` })
    })
    await tara.engine.catchUp(tara.accountId)
    await tara.engine.round(tara.accountId)
    await tara.engine.pull(tara.accountId, 'u6')
    const words = async () => (await tara.thread('u6'))?.messages.map(({ html }) => html)
    expect(await words()).toContain('<p>Three</p>')
    said[2]?.deleted.add(3)
    simulator.clock.advance(400)
    await tara.engine.round(tara.accountId)
    expect(await words()).not.toContain('<p>Three</p>')
    expect(await words()).toContain('<p>Two</p>')
    const asked = simulator.requests.all().length
    simulator.clock.advance(400)
    await tara.engine.round(tara.accountId)
    const pulls = simulator.requests
      .all()
      .slice(asked)
      .flatMap(({ functions }) => functions)
    expect(pulls).not.toContain('core_message_get_conversation_between_users')
  })

  it('keeps what is cached and says so when the answer is broken', async () => {
    simulator.say({ from: 'student1', to: 'teacher1', text: '<p>One</p>' })
    await tara.engine.round(tara.accountId)
    const held = (await tara.list()).rows
    simulator.faults.add({ kind: 'html' })
    await tara.engine.round(tara.accountId)
    expect((await tara.engine.view(tara.accountId)).trouble?.kind).toBe('broken-answer')
    expect(held.length).toBeGreaterThan(0)
    expect((await tara.list()).rows).toEqual(held)
  })
})

describe('a message taken back', () => {
  it('that would have begun a dialogue is a new one again, with person, subject and page', async () => {
    const written = await tara.write(
      tara.draft('Too hasty', { ...toAnna, subject: 'Essay 1 feedback', about: essay() }),
    )
    if (!('entry' in written)) throw new Error('refused')
    const account = await tara.account()
    const draft = await outboxToDraft(
      tara.store,
      written.entry,
      await draftFrom(tara.world, account, written.entry),
    )
    expect(draft).toMatchObject({
      text: 'Too hasty',
      subject: 'Essay 1 feedback',
      to: { id: 5 },
      about: { name: 'Essay 1', courseId: 2 },
    })
    expect(draft?.messageKey).not.toBe(written.entry.key)
    await tara.engine.flush(tara.accountId)
    expect(between('teacher1', 'student1')).toHaveLength(0)
  })

  it('stays in hands where another tab sends the words below it, changed, without knowing of it', async () => {
    const { entry } = await begin()
    await tara.engine.flush(tara.accountId)
    const { conversationKey, dialogueId } = entry
    const place = { key: answerDraftKey(conversationKey, dialogueId), conversationKey, dialogueId }
    const first = await tara.write(tara.draft('Taken back', place))
    if (!('entry' in first)) throw new Error('refused')
    const below = tara.draft('Half of it', { ...place, revision: 'r' })
    await saveDraft(tara.store, below)
    const account = await tara.account()
    await takeBack(tara.world, account, first.entry.key)
    await tara.write({ ...below, text: 'The whole of it', basedOn: ['r'] })
    expect((await tara.store.drafts.toArray()).map(({ text }) => text)).toEqual(['Taken back'])
  })

  it('that is leaving already stays where it is', async () => {
    const { entry } = await begin()
    const account = await tara.account()
    expect(
      await outboxToDraft(tara.store, entry, await draftFrom(tara.world, account, entry)),
    ).toBeUndefined()
    expect(await tara.store.drafts.count()).toBe(0)
  })
})

describe('a new account', () => {
  it('shows its first screenful after one request, whatever the rest takes', async () => {
    const school = await startSimulator({ conversations: 200 })
    try {
      const teacher = await computerOf(school, 'teacher1')
      school.faults.add({ kind: 'offline', after: 1 })
      await teacher.engine.round(teacher.accountId)
      expect((await teacher.list()).rows.length).toBeGreaterThanOrEqual(20)
    } finally {
      await school.close()
    }
  })
})
