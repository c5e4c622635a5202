import { expect, test } from 'vitest'
import type { Returns } from '../../lib/moodle/index.ts'
import { secondsLater } from './passing.ts'
import type { Stage } from './stage.ts'
import { messageTo, newestById, type Sent } from './talk.ts'

type GetMessages = Returns<'core_message_get_messages'>['messages']

async function received(stage: Stage, read: 0 | 1 | 2, rest: { limitfrom?: number; limitnum?: number } = {}) {
  const { as, place } = stage
  const { messages } = await as('student1').call('core_message_get_messages', {
    useridto: place.student1,
    useridfrom: place.teacher,
    type: 'conversations',
    read,
    ...rest,
  })
  return messages
}

const idsOf = (messages: GetMessages) => messages.map((message) => message.id)

async function three(stage: Stage): Promise<[Sent, Sent, Sent]> {
  const send = (text: string) => messageTo(stage.aside('teacher'), stage.place.student1, text)
  return [await send('<p>first</p>'), await send('<p>second</p>'), await send('<p>third</p>')]
}

async function since(stage: Stage, timefrom: number): Promise<number[]> {
  const { as, place } = stage
  const { messages } = await as('student1').call('core_message_get_conversation_messages', {
    currentuserid: place.student1,
    convid: place.conversationId,
    timefrom,
  })
  return messages.map((message) => message.id)
}

/** What is read back, in which order, and when. */
export function readingTests(stage: () => Stage): void {
  test('a conversation says whether one may delete its messages for everyone: a teacher may not', async () => {
    const { as, place } = stage()
    await messageTo(stage().aside('teacher'), place.student1, '<p>For both</p>')
    for (const [who, other] of [
      ['teacher', 'student1'],
      ['student1', 'teacher'],
    ] as const) {
      const conversation = await as(who).call('core_message_get_conversation_between_users', {
        userid: place[who],
        otheruserid: place[other],
        includecontactrequests: false,
        includeprivacyinfo: false,
      })
      expect(conversation.candeletemessagesforallusers).toBe(false)
    }
  })

  test('get_messages tells read from unread, one message at a time', async () => {
    const [first, second, third] = await three(stage())
    await stage().as('student1').call('core_message_mark_message_read', { messageid: second.id })
    const [unread, read, both] = [
      idsOf(await received(stage(), 0)),
      idsOf(await received(stage(), 1)),
      idsOf(await received(stage(), 2)),
    ]
    expect(unread).toEqual(expect.arrayContaining([first.id, third.id]))
    expect(unread).not.toContain(second.id)
    expect(read).toContain(second.id)
    expect(read).not.toContain(first.id)
    expect(both).toEqual(expect.arrayContaining([first.id, second.id, third.id]))
    expect(both.length).toBe(unread.length + read.length)
  })

  test('get_messages lists the newest first, and its pages fit together', async () => {
    await secondsLater(stage(), 1)
    const sent = await three(stage())
    await secondsLater(stage(), 1)
    const last = await messageTo(stage().aside('teacher'), stage().place.student1, '<p>last</p>')
    const all = await received(stage(), 2, { limitnum: 4 })
    const times = all.map((message) => message.timecreated)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    expect(idsOf(all)[0]).toBe(last.id)
    expect(idsOf(all).toSorted()).toEqual([...sent, last].map((each) => each.id).toSorted())
    const one = await received(stage(), 2, { limitnum: 1 })
    const rest = await received(stage(), 2, { limitfrom: 1, limitnum: 3 })
    expect(idsOf([...one, ...rest]).toSorted()).toEqual(idsOf(all).toSorted())
  })

  test('get_messages knows both people of each message, and no conversation', async () => {
    const [sent] = await three(stage())
    const message = (await received(stage(), 0)).find((each) => each.id === sent.id)
    const { teacher, student1 } = stage().place
    expect(message).toMatchObject({ useridfrom: teacher, useridto: student1, text: '<p>first</p>' })
  })

  test('the sender’s own list shows what was sent and to whom', async () => {
    await secondsLater(stage(), 1)
    const [sent] = await three(stage())
    const { as, place } = stage()
    const { messages } = await as('teacher').call('core_message_get_messages', {
      useridto: 0,
      useridfrom: place.teacher,
      type: 'conversations',
      read: 2,
      limitnum: 5,
    })
    expect(messages.find((each) => each.id === sent.id)?.useridto).toBe(place.student1)
  })

  test('timefrom takes the second it names, and a message only once that second is over', async () => {
    const { place, aside } = stage()
    const sent = await messageTo(aside('teacher'), place.student1, '<p>this very second</p>')
    await secondsLater(stage(), 2)
    expect(await since(stage(), sent.timecreated)).toContain(sent.id)
    expect(await since(stage(), sent.timecreated + 1)).not.toContain(sent.id)
  })

  test('with the present second as timefrom the answer is an error of Moodle’s own', async () => {
    const { place, aside } = stage()
    const outcome = async () => {
      const { timecreated } = await messageTo(aside('teacher'), place.student1, '<p>this very second</p>')
      return since(stage(), timecreated).catch((reason: { errorcode?: string }) => reason.errorcode)
    }
    // The second may end in between, so it is tried again.
    await expect.poll(outcome, { timeout: 10_000 }).toBe('invalidresponse')
  })

  test('a message of the present second is held back from an earlier timefrom', async () => {
    const { place, aside, people } = stage()
    const outcome = async () => {
      const sent = await messageTo(aside('teacher'), place.student1, '<p>this very second</p>')
      const isThere = (await since(stage(), sent.timecreated - 10)).includes(sent.id)
      return people.student1.timeServer() > sent.timecreated ? 'over' : isThere
    }
    await expect.poll(outcome, { timeout: 10_000 }).toBe(false)
  })

  test('a deletion is not reported: the message is simply missing', async () => {
    const { as, place } = stage()
    const [first, second, third] = await three(stage())
    await as('student1').call('core_message_delete_message', {
      messageid: second.id,
      userid: place.student1,
    })
    const ids = (await newestById(as('student1'), place.student1, place.conversationId)).map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([first.id, third.id]))
    expect(ids).not.toContain(second.id)
  })
}
