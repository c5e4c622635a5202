import { defineFunction } from '../define.ts'
import { enrolledFields } from './core_user_shapes.ts'
import { bool, int, list, maybe, opt, params, row, str, warnings } from './shapes.ts'

export const mod_assign = {
  /** Students with groups and the state of their submission. With blind marking names are hidden, ids are not: never join. */
  mod_assign_list_participants: defineFunction({
    type: 'read',
    ajax: true,
    mobile: true,
    params: () =>
      params({
        assignid: int,
        groupid: int,
        filter: str,
        skip: opt(int),
        limit: opt(int),
        onlyids: opt(bool),
        includeenrolments: opt(bool),
        tablesort: opt(bool),
      }),
    returns: () =>
      list(
        row({
          ...enrolledFields(),
          recordid: opt(maybe(int)),
          submitted: bool,
          requiregrading: bool,
          grantedextension: bool,
          submissionstatus: opt(maybe(str)),
          groupid: opt(maybe(int)),
          groupname: opt(maybe(str)),
        }),
      ),
  }),
  /** One person's state, and when it is due for them. `duedate` 0: none. */
  mod_assign_get_participant: defineFunction({
    type: 'read',
    ajax: true,
    mobile: true,
    params: () => params({ assignid: int, userid: int, embeduser: opt(bool) }),
    returns: () => row({ id: int, fullname: str, blindmarking: bool, duedate: int }),
  }),
  /** The assignments of courses, as one may see them, with their own ids. `duedate` 0: none. */
  mod_assign_get_assignments: defineFunction({
    type: 'read',
    ajax: false,
    mobile: true,
    params: () =>
      params({
        courseids: opt(list(int)),
        capabilities: opt(list(str)),
        includenotenrolledcourses: opt(bool),
      }),
    returns: () =>
      row({
        courses: list(
          row({
            id: int,
            assignments: list(
              row({
                id: int,
                cmid: int,
                name: str,
                duedate: opt(maybe(int)),
                blindmarking: opt(maybe(int)),
                revealidentities: opt(maybe(int)),
              }),
            ),
          }),
        ),
        warnings: opt(warnings()),
      }),
  }),
}
