/** The people that the suite plays. The teacher and both students share the course. */
export type Who = 'teacher' | 'student1' | 'student2'
export const everybody: readonly Who[] = ['teacher', 'student1', 'student2']

export interface Account {
  readonly username: string
  readonly password: string
}

/** A Moodle to be judged: the simulator, or any that runs somewhere. */
export interface Site {
  readonly wwwroot: string
  readonly accounts: Readonly<Record<Who, Account>>
  readonly courseId: number
  /** An activity of that course; an assignment, or some functions cannot be asked. */
  readonly cmid: number
  /** The course's manual enrolment; else the participants page is asked. */
  readonly enrolId?: number
  /** How many texts the property about words tries, over each transport. */
  readonly texts: number
  /** Lets the server's clock go on. Without it, the suite has to wait. */
  readonly elapse?: (seconds: number) => void
}

export const transports = ['session', 'rest'] as const
