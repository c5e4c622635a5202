import { readLink, writeLink } from '../../lib/dialogue/link.ts'
import type { ReadMessage } from '../../lib/store/messages.ts'
import { markConversationRead } from '../moodle-simulator/conversations.ts'
import { type Conversation, type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { render } from '../moodle-simulator/rendering.ts'
import { createWords, type Words } from './words.ts'

export const LONGEST = 2000
export const LONG_SUBJECT = 'The long talk'
const COURSE = 2
/** As large a course as there are, however few of them one writes to. */
const STUDENTS = 5000
const ESSAY = 3
const TEACHER = 3
/** So far apart are messages: a hundred thousand lie within the time that words are kept. */
const SECONDS_BETWEEN = 60
const EACH = 20

export interface LargeSchool {
  simulator: Simulator
  words: Words
}

const keyOf = (n: number): string => n.toString(36).padStart(12, '0')

/** A teacher's conversations with one dialogue each; the first is as long as a hundred others. */
export async function startLargeSchool(conversations: number): Promise<LargeSchool> {
  const simulator = await startSimulator({ students: Math.max(conversations, STUDENTS) })
  const words = createWords()
  const subjects = Array.from({ length: conversations + 1 }, () => words.sentence(3))
  subjects[1] = LONG_SUBJECT
  const turns = plan(conversations)
  const start = simulator.clock.now() - (turns.length + 1) * SECONDS_BETWEEN
  // As on any site: a lower id is of an earlier time.
  for (const message of simulator.school.messages.values()) message.timecreated = start
  turns.forEach(([student, turn], i) => {
    const [from, to] = turn % 2 === 0 ? ['teacher1', `student${student}`] : [`student${student}`, 'teacher1']
    const link = writeLink({
      ...{ url: `${simulator.wwwroot}/mod/assign/view.php?id=${ESSAY}`, dialogueId: keyOf(student) },
      ...{ m: keyOf(1_000_000 + i), does: turn === 0 ? 'open' : 'reply', courseId: COURSE },
      subject: subjects[student] ?? '',
    })
    simulator.say({
      from,
      to,
      text: `<p>${words.text()}</p>${link}`,
      timecreated: start + i * SECONDS_BETWEEN,
    })
  })
  for (const conversation of ofTeacher(simulator))
    markConversationRead(simulator.school, TEACHER, conversation)
  return { simulator, words }
}

/** Who says something, in which turn of their dialogue: later conversations first, so that those with low numbers are the newest. */
function plan(conversations: number): [student: number, turn: number][] {
  const turns: [number, number][] = []
  for (let student = conversations; student >= 1; student--) {
    const count = student === 1 ? LONGEST : EACH
    for (let turn = 0; turn < count; turn++) turns.push([student, turn])
  }
  return turns
}

function ofTeacher({ school }: Simulator): Conversation[] {
  return [...(school.conversationsOf.get(TEACHER) ?? [])].flatMap((id) => school.conversations.get(id) ?? [])
}

/** One conversation as a sync would have read it to its start. */
export interface Package {
  key: string
  conversationId: number
  person: { id: number; fullName: string; isDeleted: boolean }
  messages: ReadMessage[]
}

/** The conversations with students `from` to before `to`. */
export function packagesOf({ simulator }: LargeSchool, from: number, to: number): Package[] {
  const packages: Package[] = []
  for (let student = from; student < to; student++) {
    const { id, firstname, lastname } = simulator.user(`student${student}`)
    packages.push({
      key: `u${id}`,
      conversationId: simulator.conversationIdBetween(TEACHER, id) ?? 0,
      person: { id, fullName: `${firstname} ${lastname}`, isDeleted: false },
      messages: simulator.messagesBetween(TEACHER, id).map((row) => {
        const html = render(row.text, row.format, simulator.wwwroot)
        const { body, link } = readLink(html, { wwwroot: simulator.wwwroot, former: [] })
        const read = { id: row.id, authorId: row.useridfrom, timeCreated: row.timecreated, html: body }
        return link ? { ...read, link } : read
      }),
    })
  }
  return packages
}
