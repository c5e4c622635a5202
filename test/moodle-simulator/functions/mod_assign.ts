import type { CourseModule } from '../types.ts'
import { requireCourse, seen } from './courses.ts'
import { type Handlers, handler } from './handler.ts'

/** As a new assignment is set, but for its dates and names. */
const SETTINGS = {
  nosubmissions: 0,
  submissiondrafts: 0,
  sendnotifications: 0,
  sendlatenotifications: 0,
  sendstudentnotifications: 1,
  allowsubmissionsfromdate: 0,
  grade: 100,
  completionsubmit: 0,
  cutoffdate: 0,
  gradingduedate: 0,
  teamsubmission: 0,
  requireallteammemberssubmit: 0,
  teamsubmissiongroupingid: 0,
  hidegrader: 0,
  revealidentities: 0,
  attemptreopenmethod: 'untilpass',
  maxattempts: 1,
  markingworkflow: 0,
  markingallocation: 0,
  markinganonymous: 0,
  requiresubmissionstatement: 0,
  configs: [],
}

const assignment = (cm: CourseModule, timemodified: number) => ({
  ...SETTINGS,
  id: cm.instance,
  cmid: cm.id,
  course: cm.course,
  name: cm.name,
  duedate: cm.duedate ?? 0,
  blindmarking: cm.blindmarking ? 1 : 0,
  timemodified,
})

export const assignFunctions: Handlers = {
  mod_assign_get_assignments: handler<{ courseids: number[] }>(({ courseids }, context) => ({
    courses: courseids.map((id) => {
      const { fullname, shortname, timemodified } = requireCourse(context, id)
      const modules = [...context.state.modules.values()].filter(
        (cm) => cm.course === id && cm.modname === 'assign' && seen(context, cm),
      )
      return {
        id,
        fullname,
        shortname,
        timemodified,
        assignments: modules.map((cm) => assignment(cm, timemodified)),
      }
    }),
    warnings: [],
  })),
}
