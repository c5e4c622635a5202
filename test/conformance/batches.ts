import { expect, test } from 'vitest'
import {
  createMoodleClient,
  defineFunction,
  functions,
  isForbidden,
  isSignedOut,
  type MoodleClient,
  mayHaveHappened,
  restTransport,
  sessionTransport,
} from '../../lib/moodle/index.ts'
import { rawBatch } from './raw.ts'
import type { Stage } from './stage.ts'
import { messageTo } from './talk.ts'

const counted = 'core_message_get_unread_conversations_count'
const unknown = 'core_message_no_such_function'

const foreignConversation = ({ place }: Stage) => ({
  currentuserid: place.student2,
  convid: place.conversationId,
})

function clientWith(stage: Stage, secret: string): MoodleClient {
  const { wwwroot } = stage.site
  const { fetch: withCookies } = stage.people.teacher.browser
  return stage.transport === 'session'
    ? createMoodleClient(sessionTransport({ wwwroot, sesskey: secret, fetch: withCookies }))
    : createMoodleClient(restTransport({ wwwroot, wstoken: secret, fetch }))
}

/** Many calls in a request, and requests that fail as one. */
export function batchTests(stage: () => Stage): void {
  test('a read that fails in the middle does not cost the others their answers', async () => {
    const { as, place } = stage()
    const client = as('student2')
    const count = () => client.call(counted, { useridto: place.student2 })
    const [before, failed, after] = await Promise.allSettled([
      count(),
      client.call('core_message_get_conversation_messages', foreignConversation(stage())),
      count(),
    ])
    expect([before.status, failed.status, after.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(failed).toMatchObject({
      reason: { kind: 'moodle', errorcode: 'User is not part of conversation.' },
    })
  })

  test('Moodle itself stops at the first error', async () => {
    const { site, people, place } = stage()
    const count = { methodname: counted, args: { useridto: place.student2 } }
    const failing = {
      methodname: 'core_message_get_conversation_messages',
      args: foreignConversation(stage()),
    }
    const answer = await rawBatch(site.wwwroot, people.student2, [count, failing, count])
    expect(answer).toMatchObject([{ error: false }, { error: true }])
    expect(answer).toHaveLength(2)
  })

  test('a mark on what is read already stops the marks after it', async () => {
    const { site, people, place, aside } = stage()
    const send = () => messageTo(aside('teacher'), place.student1, '<p>Mark me in a batch</p>')
    const [read, unread] = [await send(), await send()]
    const marks = [read, read, unread].map(({ id }) => ({
      methodname: 'core_message_mark_message_read',
      args: { messageid: id },
    }))
    const answer = await rawBatch(site.wwwroot, people.student1, marks)
    expect(answer).toMatchObject([{ error: false }, { error: true }])
    expect(answer).toHaveLength(2)
  })

  test('an unknown function is refused, and nothing can have happened', async () => {
    const write = defineFunction({ ...functions.core_message_mute_conversations, ajax: true, mobile: true })
    const asking = stage()
      .as('teacher')
      .callUnregistered(unknown, write, { userid: 1, conversationids: [1] })
    const error: unknown = await asking.catch((reason: unknown) => reason)
    expect(error).toMatchObject({ kind: 'moodle', errorcode: 'invalidrecord' })
    expect(mayHaveHappened(error)).toBe(false)
  })

  test('an unknown function does not spoil the answers of those asked beside it', async () => {
    const { as, place } = stage()
    const client = as('teacher')
    const answers = await Promise.allSettled([
      client.call(counted, { useridto: place.teacher }),
      client.callUnregistered(unknown, functions.core_message_get_unread_conversations_count, {
        useridto: place.teacher,
      }),
      client.call(counted, { useridto: place.teacher }),
    ])
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  })

  test('a wrong sesskey or token is signed out', async () => {
    const client = clientWith(stage(), 'wrongwrong')
    const asking = client.call(counted, { useridto: stage().place.teacher })
    const error: unknown = await asking.catch((reason: unknown) => reason)
    const errorcode = stage().transport === 'session' ? 'invalidsesskey' : 'invalidtoken'
    expect(error).toMatchObject({ kind: 'moodle', errorcode })
    expect([isSignedOut(error), mayHaveHappened(error)]).toEqual([true, false])
  })

  test('of other courses than the front page a teacher is not told by get_courses', async () => {
    const { as, place } = stage()
    const asking = as('teacher').call('core_course_get_courses', { options: { ids: [place.courseId] } })
    const error: unknown = await asking.catch((reason: unknown) => reason)
    expect([isForbidden(error), isSignedOut(error)]).toEqual([true, false])
  })

  test('what only teachers may ask is forbidden to students, and nothing worse', async () => {
    const { as, place } = stage()
    const asking = as('student1').call('core_group_get_course_groups', { courseid: place.courseId })
    const error: unknown = await asking.catch((reason: unknown) => reason)
    expect([isForbidden(error), isSignedOut(error)]).toEqual([true, false])
  })
}
