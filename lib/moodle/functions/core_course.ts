import { defineFunction } from '../define.ts'
import { once } from '../once.ts'
import { courseModule, courseOnDashboard, section } from './core_course_shapes.ts'
import { bool, int, list, maybe, opt, params, row, str, warnings } from './shapes.ts'

const tokenOnly = { type: 'read', ajax: false, mobile: true } as const
const read = { type: 'read', ajax: true, mobile: true } as const

const courseFields = once(() => ({
  id: int,
  shortname: str,
  fullname: str,
  displayname: str,
  categoryid: int,
  summary: maybe(str),
  summaryformat: int,
  idnumber: opt(maybe(str)),
  format: opt(maybe(str)),
  startdate: opt(maybe(int)),
  enddate: opt(maybe(int)),
  visible: opt(maybe(int)),
  groupmode: opt(maybe(int)),
  lang: opt(maybe(str)),
}))

export const core_course = {
  /** `classification`: all, inprogress, future, past, favourites, hidden, … */
  core_course_get_enrolled_courses_by_timeline_classification: defineFunction({
    ...read,
    params: () =>
      params({
        classification: str,
        limit: opt(int),
        offset: opt(int),
        sort: opt(str),
        customfieldname: opt(str),
        customfieldvalue: opt(str),
        searchvalue: opt(str),
        requiredfields: opt(list(str)),
      }),
    returns: () => row({ courses: list(courseOnDashboard()), nextoffset: int }),
  }),
  core_course_get_recent_courses: defineFunction({
    ...read,
    params: () => params({ userid: opt(int), limit: opt(int), offset: opt(int), sort: opt(str) }),
    returns: () => list(courseOnDashboard()),
  }),
  core_course_get_courses: defineFunction({
    ...read,
    params: () => params({ options: opt(params({ ids: opt(list(int)) })) }),
    returns: () => list(row(courseFields())),
  }),
  core_course_get_courses_by_field: defineFunction({
    ...tokenOnly,
    params: () => params({ field: opt(str), value: opt(str) }),
    returns: () =>
      row({
        courses: list(row({ ...courseFields(), contacts: list(row({ id: int, fullname: str })) })),
        warnings: opt(warnings()),
      }),
  }),
  core_course_get_contents: defineFunction({
    ...tokenOnly,
    params: () => params({ courseid: int, options: opt(list(params({ name: str, value: str }))) }),
    returns: () => list(section()),
  }),
  core_course_get_course_module: defineFunction({
    ...tokenOnly,
    params: () => params({ cmid: int }),
    returns: () => row({ cm: courseModule(), warnings: opt(warnings()) }),
  }),
  core_course_get_course_module_by_instance: defineFunction({
    ...tokenOnly,
    params: () => params({ module: str, instance: int }),
    returns: () => row({ cm: courseModule(), warnings: opt(warnings()) }),
  }),
  /** Everybody of the activity's course, for teachers and students alike; ignores separate groups. */
  core_course_get_enrolled_users_by_cmid: defineFunction({
    type: 'read',
    ajax: true,
    mobile: false,
    params: () => params({ cmid: int, groupid: opt(int), onlyactive: opt(bool) }),
    returns: () =>
      row({
        users: list(
          row({
            id: int,
            fullname: opt(maybe(str)),
            firstname: opt(maybe(str)),
            lastname: opt(maybe(str)),
            profileimage: opt(maybe(str)),
          }),
        ),
        warnings: opt(warnings()),
      }),
  }),
}
