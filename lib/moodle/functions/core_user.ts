import { defineFunction } from '../define.ts'
import { enrolledFields, user } from './core_user_shapes.ts'
import { either, int, list, nothing, opt, params, rawText, row, str, warnings } from './shapes.ts'

export const core_user = {
  core_user_get_users_by_field: defineFunction({
    type: 'read',
    ajax: true,
    mobile: true,
    params: () => params({ field: str, values: list(either([str, int])) }),
    returns: () => list(user()),
  }),
  core_user_get_course_user_profiles: defineFunction({
    type: 'read',
    ajax: false,
    mobile: true,
    params: () => params({ userlist: list(params({ userid: int, courseid: int })) }),
    returns: () => list(row(enrolledFields())),
  }),
  core_user_get_user_preferences: defineFunction({
    type: 'read',
    ajax: true,
    mobile: true,
    params: () => params({ name: opt(str), userid: opt(int) }),
    returns: () =>
      row({ preferences: list(row({ name: str, value: rawText() })), warnings: opt(warnings()) }),
  }),
  /** Only preferences that Moodle declares can be written; others come back as warnings. */
  core_user_set_user_preferences: defineFunction({
    type: 'write',
    idempotent: true,
    ajax: true,
    mobile: true,
    params: () => params({ preferences: list(params({ name: str, value: str, userid: opt(int) })) }),
    returns: () => row({ saved: list(row({ name: str, userid: int })), warnings: opt(warnings()) }),
  }),
  core_user_update_user_preferences: defineFunction({
    type: 'write',
    idempotent: true,
    ajax: true,
    mobile: true,
    params: () =>
      params({
        userid: opt(int),
        emailstop: opt(int),
        preferences: opt(list(params({ type: str, value: opt(str) }))),
      }),
    returns: nothing,
  }),
}
