import {
  areContacts,
  canCreateContact,
  canMessage,
  coursesOf,
  hasBlocked,
  mayMessageAnyone,
  ONLY_CONTACTS,
  privacyOf,
  roleIn,
  showsOnline,
} from '../permission.ts'
import { fullname, type State } from '../state.ts'
import { roleIds, type User } from '../types.ts'

export const THEME_REVISION = '1795292191'
const FIVE_MINUTES = 300

export const picture = (state: State, size: 1 | 2): string =>
  `${state.wwwroot}/theme/image.php/boost/core/${THEME_REVISION}/u/f${size}`

/** A member as core_message describes it. Privacy is null where it was not asked for. */
export function memberInfo(
  state: State,
  viewer: User,
  user: User,
  { contactrequests = false, privacy = false }: { contactrequests?: boolean; privacy?: boolean } = {},
): Record<string, unknown> {
  const showonlinestatus = showsOnline(state, viewer.id, user)
  const evenifblocked = privacy ? mayMessageAnyone(state, user, viewer.id) : null
  return {
    id: user.id,
    fullname: fullname(user),
    profileurl: `${state.wwwroot}/user/profile.php?id=${user.id}`,
    profileimageurl: picture(state, 1),
    profileimageurlsmall: picture(state, 2),
    isonline: showonlinestatus ? state.clock.now() - user.lastaccess < FIVE_MINUTES : null,
    showonlinestatus,
    isblocked: hasBlocked(state, viewer.id, user.id) && !mayMessageAnyone(state, user, viewer.id),
    iscontact: viewer.id !== user.id && areContacts(state, viewer.id, user.id),
    isdeleted: user.deleted,
    canmessageevenifblocked: evenifblocked,
    canmessage: privacy ? canMessage(state, viewer, user) : null,
    requirescontact: privacy ? privacyOf(user) === ONLY_CONTACTS : null,
    cancreatecontact: canCreateContact(state, viewer.id, user.id),
    contactrequests: contactrequests ? requestsBetween(state, viewer.id, user.id) : [],
  }
}

const requestsBetween = (state: State, a: number, b: number) =>
  state.requests.filter(
    (row) =>
      (row.userid === a && row.requesteduserid === b) || (row.userid === b && row.requesteduserid === a),
  )

export const pictures = (state: State) => ({
  profileimageurlsmall: picture(state, 2),
  profileimageurl: picture(state, 1),
})

/** The fields that every course member may see of another. */
export const userSummary = (user: User) => ({
  id: user.id,
  firstname: user.firstname,
  lastname: user.lastname,
  fullname: fullname(user),
  email: user.email,
  firstaccess: user.firstaccess,
  lastaccess: user.lastaccess,
})

export const groupsOf = (state: State, courseid: number, userid: number) =>
  [...state.groups.values()].filter((group) => group.courseid === courseid && group.members.has(userid))

export const rolesIn = (state: State, courseid: number, userid: number) => {
  const role = roleIn(state, courseid, userid)
  return role ? [{ roleid: roleIds[role], name: '', shortname: role, sortorder: 0 }] : []
}

/** Moodle lists the newest course first. */
export const enrolledCourses = (state: State, userid: number) =>
  coursesOf(state, userid)
    .toSorted((a, b) => b - a)
    .flatMap((id) => state.courses.get(id) ?? [])
    .map(({ id, fullname: name, shortname }) => ({ id, fullname: name, shortname }))
