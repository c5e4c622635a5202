import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveDraft } from '../../lib/store/drafts.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let tara: Computer
const DAY = 86_400

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
  simulator.say({ from: 'student1', to: 'teacher1', text: '<p>Still readable</p>' })
  await tara.engine.catchUp(tara.accountId)
  await tara.engine.round(tara.accountId)
})

afterEach(() => simulator.close())

const anna = async () => (await tara.store.people.toArray()).find(({ id }) => id === 5)

function deleteAnna(): void {
  simulator.user('student1').deleted = true
  simulator.clock.advance(DAY + 1)
}

describe('a person deleted on the site', () => {
  it('loses name and picture here, wherever they are kept, and the words stay readable', async () => {
    const { fullName } = (await anna()) ?? { fullName: '' }
    expect(fullName).not.toBe('')
    deleteAnna()
    await tara.engine.round(tara.accountId)
    expect(await anna()).toEqual({ accountId: tara.accountId, id: 5, fullName: '', isDeleted: true })
    for (const table of tara.store.tables)
      if (table.name !== 'accounts')
        expect(JSON.stringify(await table.toArray())).not.toContain(`${fullName}"`)
    const thread = await tara.thread('u5')
    expect(thread?.people).toMatchObject([{ id: 5, isDeleted: true }])
    expect(thread?.messages.at(-1)?.html).toContain('Still readable')
  })

  it('takes along a conversation that the site has no longer', async () => {
    deleteAnna()
    const id = simulator.conversationIdBetween('teacher1', 'student1') ?? 0
    simulator.school.conversations.delete(id)
    await tara.engine.pull(tara.accountId, 'u5')
    expect((await tara.store.messages.toArray()).filter(({ key }) => key === 'u5')).toEqual([])
    expect(await tara.thread('u5')).toBeUndefined()
    expect((await tara.list()).rows.filter(({ ref }) => ref.conversationKey === 'u5')).toEqual([])
  })

  it('does not take along what was written to them and not sent', async () => {
    const draft = tara.draft('Half a sentence', {
      key: 'u5/general',
      conversationKey: 'u5',
      dialogueId: 'general',
    })
    await saveDraft(tara.store, draft)
    deleteAnna()
    const id = simulator.conversationIdBetween('teacher1', 'student1') ?? 0
    simulator.school.conversations.delete(id)
    await tara.engine.pull(tara.accountId, 'u5')
    expect((await tara.thread('u5'))?.draft?.text).toBe('Half a sentence')
  })

  it('is not taken for one whose profile is only out of sight', async () => {
    for (const courseId of simulator.school.coursesOf.get(5) ?? []) {
      simulator.school.courses.get(courseId)?.enrolments.delete(5)
    }
    simulator.school.coursesOf.delete(5)
    simulator.clock.advance(DAY + 1)
    await tara.engine.round(tara.accountId)
    expect(await anna()).toMatchObject({ isDeleted: false, fullName: expect.stringContaining('Number1') })
  })

  it('whom the site stumbles over ends no round', async () => {
    await tara.store.people.put({ accountId: tara.accountId, id: 9999, fullName: 'Nobody', isDeleted: false })
    simulator.clock.advance(DAY + 1)
    expect(await tara.engine.round(tara.accountId)).toEqual({})
  })

  it('and known by name only is known no longer', async () => {
    await tara.store.people.put({ accountId: tara.accountId, id: 60, fullName: 'Met once', isDeleted: false })
    const stranger = simulator.school.users.get(60)
    if (!stranger) throw new Error('the school is smaller than that')
    stranger.deleted = true
    simulator.clock.advance(DAY + 1)
    await tara.engine.round(tara.accountId)
    expect(await tara.store.people.get([tara.accountId, 60])).toBeUndefined()
  })

  it('is asked after once a day, in one request', async () => {
    simulator.clock.advance(DAY + 1)
    simulator.requests.clear()
    await tara.engine.round(tara.accountId)
    simulator.clock.advance(3600)
    await tara.engine.round(tara.accountId)
    expect(simulator.requests.count('core_message_get_member_info')).toBe(1)
  })
})
