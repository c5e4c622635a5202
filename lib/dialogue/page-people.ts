import type { Participant } from './participant.ts'

/** Whom a page shows, and where it stands. */
export interface PageAsk {
  personIds: number[]
  courseId?: number
  cmid?: number
  /** In an assignment's grader: the id that its functions want. */
  assignmentId?: number
}

export interface PagePeople {
  /** Those of them to whom this account may write, by the site's own word. */
  people: Participant[]
  courseName?: string
  /** Whether this account teaches in the course, as far as that is known without asking. */
  isTeacher?: boolean
  /** Students cannot open this activity: a link to it would lead them nowhere, and its name would be told. */
  isHidden: boolean
}
