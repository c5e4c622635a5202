import { expect, test } from 'vitest'
import {
  createBatch,
  createMoodleClient,
  eachConversation,
  eachCourse,
  eachEnrolled,
  eachMessage,
  restTransport,
} from '../../lib/moodle/index.ts'
import type { Stage } from './stage.ts'
import { messageTo } from './talk.ts'

async function idsOf(rows: AsyncIterable<{ readonly id: number }>, atMost = 400): Promise<number[]> {
  const ids: number[] = []
  for await (const { id } of rows) if (ids.push(id) >= atMost) break
  return ids
}

/** Whole lists page by page, and several writes in one request. */
export function walkTests(stage: () => Stage): void {
  test('messages sent within a second are met once each, page by page', async () => {
    const { as, place } = stage()
    const sent: number[] = []
    for (let n = 0; n < 5; n++) sent.push((await messageTo(as('teacher'), place.student1, `<p>${n}</p>`)).id)
    const asked = { currentuserid: place.teacher, convid: place.conversationId }
    const met = await idsOf(eachMessage(as('teacher'), asked, { pageSize: 2 }), 20)
    expect(sent.filter((id) => !met.includes(id))).toEqual([])
    expect(new Set(met).size).toBe(met.length)
  })

  test('conversations are the same in small pages and in one', async () => {
    const { as, place } = stage()
    const pages = (pageSize: number) =>
      idsOf(eachConversation(as('teacher'), { userid: place.teacher }, { pageSize }))
    expect((await pages(2)).toSorted()).toEqual((await pages(400)).toSorted())
  })

  test('courses are the same in small pages and in one', async () => {
    const courses = (pageSize: number) =>
      idsOf(eachCourse(stage().as('teacher'), { classification: 'all' }, { pageSize }))
    expect(await courses(1)).toEqual(await courses(100))
    expect(await courses(1)).toContain(stage().place.courseId)
  })

  test('a batch of writes ends at the first refusal', async () => {
    const { as, place } = stage()
    const batch = createBatch(as('student1'))
    const nothing = { userid: place.student1, conversationids: [] }
    void batch.add('core_message_unmute_conversations', {
      userid: place.student1,
      conversationids: [place.conversationId],
    })
    void batch.add('core_message_unmute_conversations', { ...nothing, userid: place.teacher })
    void batch.add('core_message_unmute_conversations', nothing)
    const outcomes = await batch.send()
    expect(outcomes.map(({ state }) => state)).toEqual(['done', 'refused', 'not-attempted'])
  })
}

/** The people of a course, which only a token lists whole. */
export function enrolledTests(stage: () => Stage): void {
  test('the people of a course are the same in small pages and in one', async () => {
    const { site, people, place } = stage()
    const { wstoken } = people.teacher
    const client = createMoodleClient(restTransport({ wwwroot: site.wwwroot, wstoken, fetch }))
    const small = await idsOf(eachEnrolled(client, { courseid: place.courseId }, { pageSize: 3 }))
    const whole = await client.call('core_enrol_get_enrolled_users', { courseid: place.courseId })
    expect(small.toSorted()).toEqual(whole.map(({ id }) => id).toSorted())
  })
}
