import { writeLink } from '../lib/dialogue/link.ts'
import type { Simulator } from '../test/moodle-simulator/index.ts'

interface Story {
  subject: string
  with: string
  page: string
  /** By the teacher, with the last that was said. */
  closed?: true
  /** Days ago, who (the teacher or the other), what. */
  said: [days: number, teacher: boolean, html: string][]
}

const STORIES: Story[] = [
  {
    subject: 'Essay 1: your sources',
    with: 'student1',
    page: '/mod/assign/view.php?id=3',
    said: [
      [
        3.2,
        true,
        '<p>A strong opening. The second paragraph makes a claim without a source: where does it come from?</p>',
      ],
      [
        2.9,
        false,
        '<p>From the chapter on cells, I think. Is <em>Alberts</em> enough, or should I look for the paper itself?</p>',
      ],
      [
        2.1,
        true,
        '<p>The chapter is enough. Quote the page, and say in one sentence why it matters <strong>here</strong>.</p>',
      ],
      [0.1, false, '<p>Done, I have uploaded it again. Could you look at the last paragraph too?</p>'],
    ],
  },
  {
    subject: 'Your question in the forum',
    with: 'student2',
    page: '/mod/forum/view.php?id=4',
    said: [
      [
        1.4,
        true,
        '<p>Good question, and too long an answer for the forum. When do you have ten minutes?</p>',
      ],
      [1.2, false, '<p>Tomorrow after the lab, if that suits you.</p>'],
    ],
  },
  {
    subject: 'Extension for the lab report',
    with: 'student3',
    page: '/course/view.php?id=2',
    said: [[0.6, false, '<p>I was ill on Tuesday. May I hand in the lab report on Friday?</p>']],
  },
  {
    subject: 'Reading list',
    with: 'student4',
    page: '/mod/page/view.php?id=5',
    said: [
      [6.5, true, '<p>You asked for something on evolution: the third title is the one to begin with.</p>'],
    ],
  },
]

const CLOSED: Story = {
  subject: 'Your place in the lab',
  with: 'student6',
  page: '/course/view.php?id=2',
  closed: true,
  said: [
    [5.4, true, '<p>There is still a place in the Thursday lab. Shall I keep it for you?</p>'],
    [5.1, true, '<p>You told me after the lecture: it is yours. Bring your goggles.</p>'],
  ],
}

const KEYS = '0123456789abcdefghijklmnopqrstuvwxyz'
let made = 0

/** Keys that are the same in every demo. */
function key(): string {
  const n = ++made
  return Array.from({ length: 12 }, (_, i) => KEYS[(n * 7 + i * 11) % 36]).join('')
}

function tell(simulator: Simulator, story: Story): void {
  const dialogueId = key()
  const now = simulator.clock.now()
  story.said.forEach(([days, byTeacher, html], i) => {
    const link = writeLink({
      url: simulator.wwwroot + story.page,
      dialogueId,
      m: key(),
      does: i === 0 ? 'open' : story.closed && i === story.said.length - 1 ? 'close' : 'reply',
      courseId: 2,
      subject: story.subject,
    })
    const [from, to] = byTeacher ? ['teacher1', story.with] : [story.with, 'teacher1']
    simulator.say({ from, to, text: html + link, timecreated: Math.floor(now - days * 86_400) })
  })
}

const PEOPLE = [
  ['student1', 'Anna', 'Weber'],
  ['student2', 'Ben', 'Ortiz'],
  ['student3', 'Chidi', 'Okafor'],
  ['student4', 'Dalia', 'Haddad'],
  ['student5', 'Emil', 'Lindqvist'],
  ['student6', 'Fatima', 'Zahra'],
] as const

/** Nobody of a real course has never been there; the last few are late. */
function visit(simulator: Simulator): void {
  const now = simulator.clock.now()
  for (let i = 1; i <= 57; i++)
    simulator.user(`student${i}`).courseaccess.set(2, now - 3600 * (1 + ((i * 17) % 90)))
}

const SECTIONS = ['General', 'Cells', 'Evolution', 'Lab']

function name(simulator: Simulator): void {
  for (const [username, firstname, lastname] of PEOPLE)
    Object.assign(simulator.user(username), { firstname, lastname })
  for (const course of simulator.school.courses.values()) {
    course.sections.forEach((section, i) => {
      section.name = SECTIONS[i] ?? section.name
    })
  }
}

/** A teacher's week. */
export function fillSchool(simulator: Simulator): void {
  name(simulator)
  for (const story of STORIES.toReversed()) tell(simulator, story)
  const now = simulator.clock.now()
  simulator.say({
    from: 'student5',
    to: 'teacher1',
    text: '<p>Good morning, is the lab open today?</p>',
    timecreated: now - 5400,
  })
}

/** What a look at the demo needs besides: something closed, and people who have been in the course. */
export function fillDemo(simulator: Simulator): void {
  tell(simulator, CLOSED)
  fillSchool(simulator)
  visit(simulator)
}
