import { describe, expect, test } from 'vitest'
import {
  eachConversation,
  eachCourse,
  eachEnrolled,
  eachMessage,
  eachNotification,
} from '../../lib/moodle/index.ts'
import { running } from '../simulator/running.ts'
import { type Asked, fakeSite, overRest } from './fake-site.ts'
import { overSessionOf, overTokenOf } from './over.ts'

const CONVERSATIONS = 'core_message_get_conversations'
const MESSAGES = 'core_message_get_conversation_messages'
const simulator = running({ conversations: 45, messagesPerConversation: 2, longest: 130 })
const teacher = 3

async function idsOf(rows: AsyncIterable<{ readonly id: number }>): Promise<number[]> {
  const ids: number[] = []
  for await (const { id } of rows) ids.push(id)
  return ids
}

const sorted = (ids: Iterable<number>) => [...ids].sort((a, b) => a - b)
const held = () => simulator().school

describe('conversations', () => {
  test('come all, once each, page by page', async () => {
    const moodle = overSessionOf(simulator(), 'teacher1')
    simulator().requests.clear()
    const ids = await idsOf(eachConversation(moodle, { userid: teacher }, { pageSize: 20 }))
    expect(sorted(ids)).toEqual(sorted(held().conversationsOf.get(teacher) ?? []))
    expect(simulator().requests.count(CONVERSATIONS)).toBe(4)
  })

  test('ask for nothing more once the loop is left', async () => {
    const moodle = overSessionOf(simulator(), 'teacher1')
    simulator().requests.clear()
    let count = 0
    for await (const _ of eachConversation(moodle, { userid: teacher }, { pageSize: 10 }))
      if (++count === 10) break
    expect(simulator().requests.count(CONVERSATIONS)).toBe(1)
  })

  test('do not end at a page that comes short, or empty, because some were emptied', async () => {
    const { school } = simulator()
    const emptied = [...(school.conversationsOf.get(teacher) ?? [])].filter((id) => {
      const conversation = school.conversations.get(id)
      return conversation?.type === 1 && conversation.messages.length === 2
    })
    const before = await idsOf(eachConversation(overSessionOf(simulator(), 'teacher1'), { userid: teacher }))
    for (const id of emptied.slice(0, 12)) {
      for (const message of school.conversations.get(id)?.messages ?? []) message.deleted.add(teacher)
    }
    // An old group without a word stands behind all of those, and is listed.
    const group = [...school.conversations.values()].find(({ type }) => type === 2)
    if (group) group.messages.length = 0
    const left = before.filter((id) => !emptied.slice(0, 12).includes(id))
    const ids = await idsOf(
      eachConversation(overSessionOf(simulator(), 'teacher1'), { userid: teacher }, { pageSize: 5 }),
    )
    expect(sorted(ids)).toEqual(sorted(left))
    expect(ids).toContain(group?.id)
  })
})

describe('messages', () => {
  const convid = () => simulator().conversationIdBetween('teacher1', 'student1') ?? 0
  const all = () =>
    held()
      .conversations.get(convid())
      ?.messages.map(({ id }) => id) ?? []

  test('come newest first, once each', async () => {
    const moodle = overSessionOf(simulator(), 'teacher1')
    const messages = eachMessage(moodle, { currentuserid: teacher, convid: convid() }, { pageSize: 25 })
    const ids = await idsOf(messages)
    expect(ids).toHaveLength(131)
    expect(sorted(ids)).toEqual(sorted(all()))
  })

  test('of one second lose none at the limit of a page, however Moodle orders them', async () => {
    simulator().setTiesAnyhow(true)
    const timecreated = simulator().clock.now() + 5
    for (let n = 0; n < 37; n++) {
      simulator().say({ from: 'student1', to: 'teacher1', text: `at once ${n}`, timecreated })
    }
    const moodle = overSessionOf(simulator(), 'teacher1')
    const messages = eachMessage(moodle, { currentuserid: teacher, convid: convid() }, { pageSize: 10 })
    expect(sorted(await idsOf(messages))).toEqual(sorted(all()))
    simulator().setTiesAnyhow(false)
  })

  test('that arrive meanwhile move none out of sight, and neither do those that are deleted', async () => {
    const moodle = overSessionOf(simulator(), 'teacher1')
    const before = all()
    const met: number[] = []
    for await (const { id } of eachMessage(
      moodle,
      { currentuserid: teacher, convid: convid() },
      { pageSize: 20 },
    )) {
      met.push(id)
      if (met.length === 20) simulator().say({ from: 'student1', to: 'teacher1', text: 'and now this' })
      if (met.length !== 40) continue
      for (const gone of met.slice(0, 30)) held().messages.get(gone)?.deleted.add(teacher)
    }
    expect(before.filter((id) => !met.includes(id))).toEqual([])
    expect(new Set(met).size).toBe(met.length)
  })

  test('can be given up between two pages', async () => {
    const moodle = overSessionOf(simulator(), 'teacher1')
    const controller = new AbortController()
    const walk = async () => {
      for await (const _ of eachMessage(
        moodle,
        { currentuserid: teacher, convid: convid() },
        { pageSize: 10, signal: controller.signal },
      )) {
        controller.abort()
      }
    }
    simulator().requests.clear()
    await expect(walk()).rejects.toMatchObject({ kind: 'unreachable', aborted: true })
    expect(simulator().requests.count(MESSAGES)).toBe(1)
  })
})

test('notifications come newest first, once each', async () => {
  const moodle = overSessionOf(simulator(), 'student1')
  const rows = eachNotification(moodle, { useridto: 5 }, { pageSize: 1 })
  const ids = await idsOf(rows)
  expect(sorted(ids)).toEqual(
    sorted(
      held()
        .notifications.filter(({ useridto }) => useridto === 5)
        .map(({ id }) => id),
    ),
  )
  expect(ids.length).toBeGreaterThan(1)
})

test('the people of a course come all, and end after a page with little in it', async () => {
  const moodle = await overTokenOf(simulator(), 'teacher1')
  const people = eachEnrolled(moodle, { courseid: 2 }, { pageSize: 25 })
  expect(sorted(await idsOf(people))).toEqual(sorted(held().courses.get(2)?.enrolments.keys() ?? []))
})

test('the people of a course do not end where some in between are hidden, whole pages of them too', async () => {
  const person = (id: number) => ({ id, fullname: `Person ${id}` })
  const from = ({ form }: Asked) => {
    const options = [0, 1].map((n) => Number(form.get(`options[${n}][value]`)))
    const [first = 0, limit = 0] = options
    const all = Array.from({ length: 60 }, (_, id) => id + 1)
    const page = all.slice(first, limit > 0 ? first + limit : undefined)
    return page.filter((id) => id % 4 !== 0 && (id < 21 || id > 44)).map(person)
  }
  const site = fakeSite(from)
  const ids = await idsOf(eachEnrolled(overRest(site), { courseid: 2 }, { pageSize: 10 }))
  expect(ids).toHaveLength(27)
  expect(ids.at(-1)).toBe(59)
  expect(site.asked).toHaveLength(4)
})

test('courses go on from where Moodle says, over both transports', async () => {
  for (const moodle of [overSessionOf(simulator(), 'teacher1'), await overTokenOf(simulator(), 'teacher1')]) {
    expect(await idsOf(eachCourse(moodle, { classification: 'all' }, { pageSize: 1 }))).toEqual([2, 3])
  }
})
