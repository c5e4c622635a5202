import { once } from '../once.ts'
import { bool, int, list, maybe, opt, row, str } from './shapes.ts'

/** What a person's record shows depends on who asks: all but id and name may be missing. */
export const userFields = once(() => ({
  id: int,
  fullname: str,
  username: opt(maybe(str)),
  firstname: opt(maybe(str)),
  lastname: opt(maybe(str)),
  email: opt(maybe(str)),
  idnumber: opt(maybe(str)),
  department: opt(maybe(str)),
  institution: opt(maybe(str)),
  firstaccess: opt(maybe(int)),
  lastaccess: opt(maybe(int)),
  suspended: opt(maybe(bool)),
  profileimageurl: opt(maybe(str)),
  profileimageurlsmall: opt(maybe(str)),
}))

export const user = once(() => row(userFields()))

/** A person in a course. */
export const enrolledFields = once(() => ({
  ...userFields(),
  groups: opt(list(row({ id: int, name: str }))),
  roles: opt(list(row({ roleid: int, name: maybe(str), shortname: str, sortorder: int }))),
  enrolledcourses: opt(list(row({ id: int, fullname: str, shortname: str }))),
}))
