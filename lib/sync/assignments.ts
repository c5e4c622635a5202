import type { Returns } from '../moodle/index.ts'
import type { Connection } from './world.ts'

/** The site does not tell this account, or not over this way. */
export class CannotBeKnown extends Error {
  override readonly name = 'CannotBeKnown'
}

type Participants = Returns<'mod_assign_list_participants'>

export interface Assignment {
  id: number
  /** 0: none. */
  duedate: number
}

/** Over a session no function tells an assignment's own id. */
async function readAssignment({ way }: Connection, courseId: number, cmid: number) {
  if (way.kind === 'session') throw new CannotBeKnown()
  const { courses } = await way.call('mod_assign_get_assignments', { courseids: [courseId] })
  const found = courses.flatMap(({ assignments }) => assignments).find((each) => each.cmid === cmid)
  if (!found) throw new CannotBeKnown()
  return found
}

/** Where it marks blindly, who has submitted is not to be joined with names. */
export async function assignmentOf(
  connection: Connection,
  courseId: number,
  cmid: number,
): Promise<Assignment> {
  const found = await readAssignment(connection, courseId, cmid)
  if (found.blindmarking === 1 && found.revealidentities !== 1) throw new CannotBeKnown()
  return { id: found.id, duedate: found.duedate ?? 0 }
}

/** 0: none. */
export async function assignmentDue(connection: Connection, courseId: number, cmid: number): Promise<number> {
  return (await readAssignment(connection, courseId, cmid)).duedate ?? 0
}

export function participantsOf({ moodle }: Connection, assignid: number): Promise<Participants> {
  return moodle.call('mod_assign_list_participants', { assignid, groupid: 0, filter: '' })
}
