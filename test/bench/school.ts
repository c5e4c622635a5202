import { writeLink } from '../../lib/dialogue/link.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'

export const DIALOGUES = 1000
/** Biology 101, with its essay. */
const COURSE = 2
const ESSAY = 3

const keyOf = (n: number): string => n.toString(36).padStart(12, '0')

interface Said {
  student: number
  /** Which message of the dialogue. */
  turn: number
  subject: string
  timecreated: number
}

function say(simulator: Simulator, { student, turn, subject, timecreated }: Said): void {
  const link = writeLink({
    url: `${simulator.wwwroot}/mod/assign/view.php?id=${ESSAY}`,
    dialogueId: keyOf(student),
    m: keyOf(1_000_000 + student * 10_000 + turn),
    does: turn === 0 ? 'open' : 'reply',
    courseId: COURSE,
    subject,
  })
  const pupil = `student${student}`
  const [from, to] = turn % 2 === 0 ? ['teacher1', pupil] : [pupil, 'teacher1']
  const text = `<p>Number ${turn}: have you looked at <b>figure ${turn % 7}</b>? It shows the cell.</p>${link}`
  simulator.say({ from, to, text, timecreated })
}

/** A forum page as long as they get. */
export const LONG_DISCUSSION = 2
export const POSTS = 200
const AUTHORS = 40
const CLASS_FORUM = 4

function discuss({ school }: Simulator): void {
  const posts = Array.from({ length: POSTS }, (_, n) => ({
    id: 100 + n,
    parent: n === 0 ? 0 : 100 + Math.floor((n - 1) / 8),
    userid: 5 + (n % AUTHORS),
    subject: n === 0 ? 'The cell wall' : 'Re: The cell wall',
    message: `Number ${n}: I think that it depends on the cell, as the figure in chapter ${n % 9} shows.`,
    created: 0,
  }))
  school.discussions.set(LONG_DISCUSSION, {
    id: LONG_DISCUSSION,
    forum: CLASS_FORUM,
    course: COURSE,
    name: 'The cell wall',
    posts,
  })
}

/** A teacher with a thousand conversations, each with a dialogue of this course. */
export async function startSchool(): Promise<Simulator> {
  const simulator = await startSimulator({ conversations: DIALOGUES, messagesPerConversation: 3 })
  const now = simulator.clock.now()
  for (let n = DIALOGUES; n >= 1; n--)
    say(simulator, { student: n, turn: 0, subject: `Essay of number ${n}`, timecreated: now - n * 60 })
  discuss(simulator)
  return simulator
}
