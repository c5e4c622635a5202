import { defineFunction } from '../define.ts'
import { enrolledFields, user } from './core_user_shapes.ts'
import { bool, int, list, maybe, num, opt, params, row, str } from './shapes.ts'

const page = { search: str, searchanywhere: bool, page: int, perpage: int }

export const core_enrol = {
  /** People of a course by name; `contextid` only on 4.5 and later. */
  core_enrol_search_users: defineFunction({
    type: 'read',
    ajax: true,
    mobile: true,
    params: () => params({ courseid: int, ...page, contextid: opt(int) }),
    returns: () => list(user()),
  }),
  /** With roles and groups. `options`: `onlyactive`, `groupid`, `limitfrom`, `limitnumber`, `sortby`, `userfields`, … */
  core_enrol_get_enrolled_users: defineFunction({
    type: 'read',
    ajax: false,
    mobile: true,
    params: () => params({ courseid: int, options: opt(list(params({ name: str, value: str }))) }),
    returns: () => list(row({ ...enrolledFields(), lastcourseaccess: opt(maybe(int)) })),
  }),
  core_enrol_get_potential_users: defineFunction({
    type: 'read',
    ajax: true,
    mobile: false,
    params: () => params({ courseid: int, enrolid: int, ...page }),
    returns: () => list(user()),
  }),
  core_enrol_get_users_courses: defineFunction({
    type: 'read',
    ajax: false,
    mobile: true,
    params: () => params({ userid: int, returnusercount: opt(bool) }),
    returns: () =>
      list(
        row({
          id: int,
          shortname: str,
          fullname: str,
          displayname: opt(maybe(str)),
          enrolledusercount: opt(maybe(int)),
          visible: int,
          format: opt(maybe(str)),
          courseimage: opt(maybe(str)),
          lang: opt(maybe(str)),
          progress: opt(maybe(num)),
          startdate: opt(maybe(int)),
          enddate: opt(maybe(int)),
          lastaccess: opt(maybe(int)),
          isfavourite: opt(maybe(bool)),
          hidden: opt(maybe(bool)),
        }),
      ),
  }),
}
