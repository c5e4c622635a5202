import { pairKey, type State } from './state.ts'
import { type Conversation, GROUP, INDIVIDUAL, type User } from './types.ts'

export const COURSE_MEMBERS = 0
export const ONLY_CONTACTS = 1
export const ANYONE = 2

export const coursesOf = (state: State, userid: number): number[] => [...(state.coursesOf.get(userid) ?? [])]

export const roleIn = (state: State, courseid: number, userid: number) =>
  state.courses.get(courseid)?.enrolments.get(userid)?.role

export const isTeacherIn = (state: State, courseid: number, userid: number): boolean => {
  const role = roleIn(state, courseid, userid)
  return role === 'editingteacher' || role === 'teacher'
}

/** Who may see all groups, review enrolments, change roles. */
export const isEditingTeacherIn = (state: State, courseid: number, userid: number): boolean =>
  roleIn(state, courseid, userid) === 'editingteacher'

/** A profile is shown to those who share a course, and a teacher's to everybody. */
export const canViewProfile = (state: State, viewer: User, other: User): boolean =>
  !other.deleted &&
  (viewer.siteadmin ||
    viewer.id === other.id ||
    coursesOf(state, other.id).some((id) => isEditingTeacherIn(state, id, other.id)) ||
    sharedCourses(state, viewer.id, other.id).length > 0)

export const sharedCourses = (state: State, a: number, b: number): number[] =>
  coursesOf(state, a).filter((id) => state.coursesOf.get(b)?.has(id))

/** Teachers reach everyone in their courses, whatever these have chosen. */
export const mayMessageAnyone = (state: State, sender: User, recipientId: number): boolean =>
  sender.siteadmin ||
  sharedCourses(state, sender.id, recipientId).some((id) => isTeacherIn(state, id, sender.id))

export const privacyOf = (user: User): number => Number(user.preferences.get('message_blocknoncontacts') ?? 0)
export const areContacts = (state: State, a: number, b: number): boolean => state.contacts.has(pairKey(a, b))
export const hasBlocked = (state: State, by: number, whom: number): boolean =>
  state.blocked.has(`${by}:${whom}`)

/** Who shares a course may become a contact, or anyone where the site lets everybody write. */
export const canCreateContact = (state: State, a: number, b: number): boolean =>
  state.settings.messagingallusers || sharedCourses(state, a, b).length > 0

export function canMessage(state: State, sender: User, recipient: User): boolean {
  if (sender.id === recipient.id) return true
  if (recipient.deleted) return false
  if (mayMessageAnyone(state, sender, recipient.id)) return true
  if (hasBlocked(state, recipient.id, sender.id)) return false
  if (areContacts(state, sender.id, recipient.id)) return true
  const privacy = privacyOf(recipient)
  if (privacy === ONLY_CONTACTS) return false
  if (privacy === ANYONE && state.settings.messagingallusers) return true
  return sharedCourses(state, sender.id, recipient.id).length > 0
}

export function canMessageConversation(
  state: State,
  sender: User,
  conversation: Conversation | undefined,
): boolean {
  if (!conversation?.members.has(sender.id)) return false
  if (conversation.type === GROUP || conversation.type !== INDIVIDUAL) return true
  const other = [...conversation.members]
    .map((id) => state.users.get(id))
    .find((user) => user && user.id !== sender.id)
  return other !== undefined && canMessage(state, sender, other)
}

/** Course contacts and oneself show whether they are online (recorded). */
export const showsOnline = (state: State, viewer: number, user: User): boolean =>
  viewer === user.id ||
  coursesOf(state, user.id).some((id) => roleIn(state, id, user.id) === 'editingteacher')
