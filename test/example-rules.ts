import type { CourseChoices } from '../lib/dialogue/course-choices.ts'
import type { RulePersonView, RulePreview, RuleProgress, RuleView } from '../lib/dialogue/rule-views.ts'
import { ACCOUNT_ID, ANNA, BEN, BIOLOGY, ESSAY, NOW, STUDENT_ROLE } from './example.ts'

export function progress(change: Partial<RuleProgress> = {}): RuleProgress {
  const counts = {
    delivered: 0,
    refused: 0,
    unknown: 0,
    waiting: 0,
    'not-attempted': 0,
    dropped: 0,
    ...change.counts,
  }
  const people = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return { people, answered: 0, ...change, counts }
}

export function counts(change: Partial<RuleProgress['counts']>): RuleProgress['counts'] {
  return { delivered: 0, refused: 0, unknown: 0, waiting: 0, 'not-attempted': 0, dropped: 0, ...change }
}

/** A welcome to the students of a course that has done its work. */
export function rule(change: Partial<RuleView> = {}): RuleView {
  return {
    title: change.subject ?? 'Welcome to Biology',
    accountId: ACCOUNT_ID,
    id: 'r1r1r1r1r1r1',
    courseId: BIOLOGY.id,
    course: BIOLOGY,
    audience: { kind: 'course', courseId: BIOLOGY.id, roleIds: [STUDENT_ROLE.id] },
    subject: 'Welcome to Biology',
    text: 'Dear {firstname}, welcome.',
    repliesExpected: true,
    state: 'finished',
    timeCreated: NOW - 86_400,
    timeChanged: NOW - 86_400,
    timeLastRun: NOW - 80_000,
    progress: progress({ counts: counts({ delivered: 58, refused: 2 }), answered: 28 }),
    ...change,
  }
}

export function reachedPerson(id: number, change: Partial<RulePersonView> = {}): RulePersonView {
  return {
    userId: id,
    person: { id, fullName: `Student Number${id}` },
    standing: 'delivered',
    messageId: 1000 + id,
    timeReached: NOW - 80_000,
    ref: { accountId: ACCOUNT_ID, conversationKey: `u${id}`, dialogueId: 'k3f9a0qm2xtb' },
    ...change,
  }
}

export function biologyChoices(change: Partial<CourseChoices> = {}): CourseChoices {
  return {
    courseId: BIOLOGY.id,
    people: 61,
    roles: [
      { ...STUDENT_ROLE, count: 60 },
      { id: 3, name: 'Teacher', isTeacher: true, count: 1 },
    ],
    groups: [
      { id: 11, name: 'Group A', count: 30 },
      { id: 12, name: 'Group B', count: 28 },
    ],
    rolesKnown: true,
    groupsKnown: true,
    inNoGroup: 2,
    lastKnown: false,
    isTeacher: true,
    notesKnown: true,
    pages: [ESSAY],
    ...change,
  }
}

export function preview(change: Partial<RulePreview> = {}): RulePreview {
  const sample = { subject: 'Welcome to Biology', bytes: 412 }
  return {
    willGetIt: 58,
    haveIt: 0,
    unknownIfReached: 0,
    samples: [
      { ...sample, person: ANNA, html: '<p>Dear Anna, welcome.</p>' },
      { ...sample, person: BEN, html: '<p>Dear Ben, welcome.</p>' },
    ],
    cannotBeReached: [{ reason: 'contacts-only', people: [{ id: 9, fullName: 'Zoë Novak' }], count: 2 }],
    wrongCourse: [],
    otherGroups: 0,
    unknown: [],
    longestBytes: 412,
    limit: 4096,
    fields: [],
    leftToday: 2000,
    ...change,
  }
}
