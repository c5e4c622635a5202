import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { readLink } from '../../lib/dialogue/link.ts'
import { deleteMessages } from '../../lib/sync/delete.ts'
import { exportDialogues } from '../../lib/sync/export.ts'
import { follow } from '../../lib/sync/follow.ts'
import { markDialogues, moveMessage } from '../../lib/sync/own-marks.ts'
import { personCard } from '../../lib/sync/person-card.ts'
import { drop, takeBack } from '../../lib/sync/take-back.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let tara: Computer
let anna: Computer
let ref: DialogueRef

/** The same dialogue as the other person's computer names it. */
const annasRef = (): DialogueRef => ({
  ...ref,
  accountId: anna.accountId,
  conversationKey: `u${simulator.user('teacher1').id}`,
})

beforeEach(async () => {
  simulator = await startSimulator({ conversations: 0 })
  tara = await computerOf(simulator, 'teacher1')
  anna = await computerOf(simulator, 'student1')
  const { id, firstname, lastname } = simulator.user('student1')
  const to = { id, fullName: `${firstname} ${lastname}` }
  const about = {
    url: `${simulator.wwwroot}/mod/assign/view.php?id=3`,
    name: 'Essay 1',
    courseId: 2,
    cmid: 3,
  }
  const written = await tara.write(tara.draft('A source, please.', { to, subject: 'Essay 1', about }))
  if (!('entry' in written)) throw new Error(written.kind)
  ref = written.ref
  await tara.engine.flush(tara.accountId)
  await anna.engine.round(anna.accountId)
})

afterEach(() => simulator.close())

const view = (computer: Computer, at = ref) => computer.thread(at.conversationKey, at.dialogueId)

async function say(computer: Computer, at: DialogueRef, text: string, does?: 'close' | 'reopen') {
  const { conversationKey, dialogueId } = at
  const key = `${conversationKey}/${dialogueId}`
  const draft = computer.draft(text, { key, conversationKey, dialogueId, ...(does ? { does } : {}) })
  const written = await computer.write(draft)
  await computer.engine.flush(computer.accountId)
  return written
}

const meet = async () => {
  for (const computer of [tara, anna]) await computer.engine.round(computer.accountId)
}

const lastSent = () => simulator.messagesBetween('teacher1', 'student1').at(-1)?.text ?? ''

describe('closing for both', () => {
  it('says so in words, with the last word, and closes it in both panels', async () => {
    await say(tara, ref, 'Well done.', 'close')
    await meet()
    const { body, link } = readLink(lastSent(), { wwwroot: simulator.wwwroot })
    expect(body).toBe('<p>Tara Teacher closed this dialogue.</p><p>Well done.</p>')
    expect(link).toMatchObject({ does: 'close', dialogueId: ref.dialogueId, text: 'Re: Essay 1' })
    for (const at of [await view(tara), await view(anna, annasRef())])
      expect(at).toMatchObject({ state: 'closed', closedBy: { name: 'Tara Teacher' } })
  })

  it('is never a bare link, also where nobody adds a word', async () => {
    await say(tara, ref, '', 'close')
    expect(readLink(lastSent(), { wwwroot: simulator.wwwroot }).body).toBe(
      '<p>Tara Teacher closed this dialogue.</p>',
    )
  })

  it('is undone for both by whoever reopens it', async () => {
    await say(tara, ref, '', 'close')
    await meet()
    await say(anna, annasRef(), 'One question more.', 'reopen')
    await meet()
    for (const at of [await view(tara), await view(anna, annasRef())]) expect(at?.state).toBe('open')
    const messages = (await view(tara))?.messages.map(({ does }) => does)
    expect(messages).toEqual([undefined, 'close', 'reopen'])
  })

  it('can be taken back before it leaves; only the last word comes back', async () => {
    const { conversationKey, dialogueId } = ref
    const draft = (text: string) =>
      tara.draft(text, {
        key: `${conversationKey}/${dialogueId}`,
        conversationKey,
        dialogueId,
        does: 'close',
      })
    for (const text of ['', 'Well done.']) {
      const written = await tara.write(draft(text))
      if (!('entry' in written)) throw new Error(written.kind)
      const back = await takeBack(tara.world, await tara.account(), written.entry.key)
      expect(back).toMatchObject({ text, dialogueId })
      expect(back).not.toHaveProperty('does')
      expect((await view(tara))?.draft?.text).toBe(text || undefined)
    }
  })

  it('is refused where there is no subject', async () => {
    simulator.say({ from: 'student2', to: 'teacher1', text: '<p>Hello</p>' })
    await tara.engine.round(tara.accountId)
    const general = { ...ref, conversationKey: `u${simulator.user('student2').id}`, dialogueId: 'general' }
    expect(await say(tara, general, '', 'close')).toMatchObject({ kind: 'unknown' })
    expect(await tara.store.outbox.count()).toBe(0)
  })

  it('is dropped like any other words', async () => {
    const { conversationKey, dialogueId } = ref
    const written = await tara.write(tara.draft('', { key: 'x', conversationKey, dialogueId, does: 'close' }))
    if (!('entry' in written)) throw new Error(written.kind)
    expect(await drop(tara.world, await tara.account(), written.entry.key)).toBe(true)
    expect((await view(tara))?.entries).toEqual([])
  })
})

describe('moving a message', () => {
  it('wins over the guess, in every reading to come', async () => {
    simulator.say({ from: 'student1', to: 'teacher1', text: '<p>About the trip.</p>' })
    await meet()
    const guessed = (await view(tara))?.messages.at(-1)
    expect(guessed).toMatchObject({ guessed: true, hasLink: false })
    await moveMessage(tara.world, await tara.account(), ref.conversationKey, guessed?.id ?? 0, 'general')
    const general = await tara.thread(ref.conversationKey)
    expect(general?.messages.at(-1)).toMatchObject({ id: guessed?.id, guessed: false })
    await tara.store.messages.clear()
    await tara.engine.pull(tara.accountId, ref.conversationKey)
    expect((await tara.thread(ref.conversationKey))?.messages.at(-1)).toMatchObject({ id: guessed?.id })
    expect((await view(tara))?.messages).toHaveLength(1)
  })
})

describe('deleting', () => {
  it('takes a message away on one’s own side; what it said of its dialogue stays true', async () => {
    await say(anna, annasRef(), 'Here it is.')
    await meet()
    const opening = (await view(tara))?.messages[0]
    expect(await deleteMessages(tara.world, { ref, messageIds: [opening?.id ?? 0] })).toBeUndefined()
    await meet()
    const after = await view(tara)
    expect(after).toMatchObject({ subject: 'Essay 1', about: { name: 'Essay 1' }, state: 'open' })
    expect(after?.messages.map(({ html }) => html)).toEqual(['<p>Here it is.</p>'])
    expect((await view(anna, annasRef()))?.messages).toHaveLength(2)
    expect(simulator.requests.count('core_message_delete_message')).toBe(1)
  })

  it('of a whole dialogue takes it out of the lists', async () => {
    await say(anna, annasRef(), 'Here it is.')
    await meet()
    expect(await deleteMessages(tara.world, { ref })).toBeUndefined()
    const subjects = async () => (await tara.list()).rows.flatMap(({ subject = [] }) => subject)
    expect(await subjects()).toEqual([])
    await meet()
    expect(await subjects()).toEqual([])
  })

  it('for everyone is refused to who may not, and nothing is lost', async () => {
    const [message] = (await view(tara))?.messages ?? []
    const deleting = { ref, messageIds: [message?.id ?? 0], forEveryone: true }
    expect((await view(tara))?.mayDeleteForAll).toBe(false)
    expect(await deleteMessages(tara.world, deleting)).toMatchObject({ serverSays: expect.any(String) })
    expect((await view(tara))?.messages).toHaveLength(1)
  })

  it('for everyone is done for who may', async () => {
    const admin = await computerOf(simulator, 'admin')
    const to = { id: simulator.user('student1').id, fullName: 'Student Number1' }
    const written = await admin.write(admin.draft('Wrong person', { to, subject: 'Fees' }))
    if (!('entry' in written)) throw new Error(written.kind)
    await admin.engine.flush(admin.accountId)
    await admin.engine.pull(admin.accountId, written.ref.conversationKey)
    const before = await view(admin, written.ref)
    expect(before?.mayDeleteForAll).toBe(true)
    const messageIds = before?.messages.map(({ id }) => id) ?? []
    expect(
      await deleteMessages(admin.world, { ref: written.ref, messageIds, forEveryone: true }),
    ).toBeUndefined()
    expect(simulator.messagesBetween('admin', 'student1').filter(({ deleted }) => deleted.size < 2)).toEqual(
      [],
    )
  })
})

function talk(messages: number): void {
  const now = simulator.clock.now()
  for (let n = 1; n <= messages; n++)
    simulator.say({ from: 'student1', to: 'teacher1', text: `<p>Word ${n}</p>`, timecreated: now + n })
}

describe('a new computer', () => {
  it('finds dialogues far back, says that it is looking, and is done then', async () => {
    talk(160)
    const fresh = await computerOf(simulator, 'teacher1')
    const looking: number[] = []
    fresh.world.changed = async () => {
      const { older } = await fresh.engine.view(fresh.accountId)
      if (older) looking.push(older)
    }
    await fresh.engine.round(fresh.accountId)
    await fresh.engine.catchUp(fresh.accountId)
    expect(looking[0]).toBe(1)
    expect(await fresh.engine.view(fresh.accountId)).not.toHaveProperty('older')
    const { rows } = await fresh.list()
    expect(rows.map(({ subject }) => subject)).toContain('Essay 1')
  })

  it('follows a link to a dialogue that it does not hold yet, to the very message', async () => {
    talk(60)
    const fresh = await computerOf(simulator, 'teacher1')
    await fresh.engine.round(fresh.accountId)
    const m = (await tara.store.messages.toArray()).find(({ link }) => link)?.link?.m ?? ''
    const found = await follow(fresh.world, fresh.accountId, { dialogueId: ref.dialogueId, m })
    expect(found).toEqual({ ref: { ...ref, accountId: fresh.accountId }, messageId: expect.any(Number) })
    expect(await follow(fresh.world, fresh.accountId, { dialogueId: 'zzzzzzzzzzzz' })).toBeUndefined()
  })
})

describe('what is written out', () => {
  it('is all of a dialogue, read from the site first', async () => {
    await say(anna, annasRef(), 'Here it is.')
    await say(tara, ref, '', 'close')
    await meet()
    const [dialogue] = await exportDialogues(tara.world, await tara.account(), [ref], [])
    expect(dialogue).toMatchObject({
      subject: 'Essay 1',
      people: ['Tara Teacher', 'Student Number1'],
      state: 'closed',
      isWhole: true,
      messages: [{ mine: true }, { mine: false }, { does: 'close' }],
    })
  })
})

describe('a person’s card', () => {
  it('says who they are, what is said with them, and whether they are blocked', async () => {
    await markDialogues(tara.world, [ref], { labels: [' exam,  call ', 'exam call'] })
    simulator.school.blocked.add(`${simulator.user('teacher1').id}:${simulator.user('student1').id}`)
    const card = await personCard(tara.world, await tara.account(), simulator.user('student1').id)
    expect(card).toMatchObject({
      fullName: 'Student Number1',
      isBlocked: true,
      dialogues: [{ subject: 'Essay 1', labels: ['exam call'] }],
      courses: [{ id: 2 }],
    })
  })
})
