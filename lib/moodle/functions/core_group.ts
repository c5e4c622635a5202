import { defineFunction } from '../define.ts'
import { once } from '../once.ts'
import { bool, int, list, maybe, opt, params, row, str, warnings } from './shapes.ts'

const tokenOnly = { type: 'read', ajax: false, mobile: true } as const
const read = { type: 'read', ajax: true, mobile: true } as const

const group = once(() => row({ id: int, name: str, idnumber: maybe(str), courseid: opt(maybe(int)) }))

export const core_group = {
  /** Needs `moodle/course:managegroups`, so students are refused. The enrolment key in the answer is left out. */
  core_group_get_course_groups: defineFunction({
    ...read,
    params: () => params({ courseid: int }),
    returns: () =>
      list(
        row({
          id: int,
          courseid: int,
          name: str,
          idnumber: maybe(str),
          visibility: opt(maybe(int)),
          participation: opt(maybe(bool)),
        }),
      ),
  }),
  /** Answers everybody, but with nothing where the course has no group mode. Ids are strings. Since Moodle 4.3. */
  core_group_get_groups_for_selector: defineFunction({
    ...read,
    params: () => params({ courseid: int, cmid: opt(int) }),
    returns: () =>
      row({
        groups: list(row({ id: str, name: str, groupimageurl: opt(maybe(str)) })),
        warnings: opt(warnings()),
      }),
  }),
  core_group_get_course_user_groups: defineFunction({
    ...tokenOnly,
    params: () => params({ courseid: opt(int), userid: opt(int), groupingid: opt(int) }),
    returns: () => row({ groups: list(group()), warnings: opt(warnings()) }),
  }),
  core_group_get_course_groupings: defineFunction({
    ...tokenOnly,
    params: () => params({ courseid: int }),
    returns: () => list(row({ id: int, courseid: int, name: str, idnumber: maybe(str) })),
  }),
  core_group_get_activity_allowed_groups: defineFunction({
    ...tokenOnly,
    params: () => params({ cmid: int, userid: opt(int) }),
    returns: () => row({ groups: list(group()), canaccessallgroups: opt(bool), warnings: opt(warnings()) }),
  }),
  core_group_get_activity_groupmode: defineFunction({
    ...tokenOnly,
    params: () => params({ cmid: int }),
    returns: () => row({ groupmode: int, warnings: opt(warnings()) }),
  }),
}
