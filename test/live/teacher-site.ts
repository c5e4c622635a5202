import type { Person } from '../conformance/people.ts'
import type { Site } from '../sync/computer.ts'
import { site } from './config.ts'

/** The running Moodle as the teacher's computer sees it, with clocks that can be turned on. */
export function siteOfTeacher(teacher: Person, turned: () => number = () => 0): Site {
  const now = () => teacher.timeServer() + turned()
  return {
    wwwroot: site.wwwroot,
    clock: { now, milliseconds: () => now() * 1000 },
    user: () => ({ id: teacher.userid, firstname: 'A', lastname: 'Teacher' }),
    tokenOf: () => teacher.wstoken,
  }
}
