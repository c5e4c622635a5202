import { MoodleError, noRecord } from '../errors.ts'
import { isTeacherIn } from '../permission.ts'
import type { Course, CourseModule } from '../types.ts'
import type { Context } from './handler.ts'

export const modnames: Record<CourseModule['modname'], [one: string, many: string, purpose: string]> = {
  forum: ['Forum', 'Forums', 'collaboration'],
  assign: ['Assignment', 'Assignments', 'assessment'],
  page: ['Page', 'Pages', 'content'],
  dialogue: ['Dialogue', 'Dialogues', 'communication'],
}

export function requireCourse(context: Context, courseid: number): Course {
  const course = context.state.courses.get(courseid)
  if (!course) throw noRecord('course')
  if (!context.user.siteadmin && !course.enrolments.has(context.user.id)) throw notEnrolled()
  return course
}

const notEnrolled = () =>
  new MoodleError('Course or activity not accessible. (Not enrolled)', { errorcode: 'requireloginerror' })

export function requireModule(context: Context, cmid: number): CourseModule {
  const cm = context.state.modules.get(cmid)
  if (!cm) throw noRecord('course_modules')
  requireCourse(context, cm.course)
  return cm
}

/** Hidden activities are there for teachers only. */
export const seen = (context: Context, cm: CourseModule): boolean =>
  cm.visible || context.user.siteadmin || isTeacherIn(context.state, cm.course, context.user.id)
