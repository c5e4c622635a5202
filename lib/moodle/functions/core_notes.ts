import { defineFunction } from '../define.ts'
import { once } from '../once.ts'
import { bool, int, list, maybe, opt, params, row, str, warnings } from './shapes.ts'

/** A note stands in one person's record. `publishstate`: personal (draft), course (public), site. */
const note = once(() =>
  row({
    id: int,
    courseid: int,
    userid: int,
    content: maybe(str),
    format: int,
    created: int,
    lastmodified: int,
    usermodified: int,
    publishstate: str,
  }),
)

export const core_notes = {
  core_notes_create_notes: defineFunction({
    type: 'write',
    ajax: true,
    mobile: true,
    params: () =>
      params({
        notes: list(
          params({
            userid: int,
            publishstate: str,
            courseid: int,
            text: str,
            format: opt(int),
            clientnoteid: opt(str),
          }),
        ),
      }),
    returns: () => list(row({ clientnoteid: opt(maybe(str)), noteid: int, errormessage: opt(maybe(str)) })),
  }),
  core_notes_get_course_notes: defineFunction({
    type: 'read',
    ajax: false,
    mobile: true,
    params: () => params({ courseid: int, userid: opt(int) }),
    returns: () =>
      row({
        sitenotes: opt(list(note())),
        coursenotes: opt(list(note())),
        personalnotes: opt(list(note())),
        canmanagesystemnotes: opt(bool),
        canmanagecoursenotes: opt(bool),
        warnings: opt(warnings()),
      }),
  }),
  core_notes_delete_notes: defineFunction({
    type: 'write',
    ajax: false,
    mobile: true,
    params: () => params({ notes: list(int) }),
    returns: warnings,
  }),
}
