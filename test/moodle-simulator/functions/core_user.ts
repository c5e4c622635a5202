import { noPermission } from '../errors.ts'
import { sharedCourses } from '../permission.ts'
import type { User } from '../types.ts'
import { type Context, type Handlers, handler, requireSelf, requireUser } from './handler.ts'
import { enrolledCourses, groupsOf, pictures, rolesIn, userSummary } from './people.ts'

/** Only preferences that some part of Moodle declares can be written. */
const declared =
  /^(?:message_blocknoncontacts|message_entertosend|message_provider_.+|htmleditor|drawer-open-.+|drawers-.+|user_home_page_preference|block_.+|filemanager_recentviewmode|email_bounce_count|email_send_count|auth_forcepasswordchange)$/

const visible = (context: Context, user: User): boolean =>
  user.id === context.user.id ||
  context.user.siteadmin ||
  sharedCourses(context.state, context.user.id, user.id).length > 0

export const details = (context: Context, user: User) => ({
  ...userSummary(user),
  suspended: user.suspended,
  timezone: '99',
  ...pictures(context.state),
})

const getUsersByField = handler<{ field: string; values: string[] }>(({ field, values }, context) => {
  const wanted = new Set(values.map(String))
  const key = field as keyof Pick<User, 'id' | 'username' | 'email'>
  return [...context.state.users.values()]
    .filter((user) => wanted.has(String(user[key])) && visible(context, user))
    .map((user) => details(context, user))
})

const getCourseUserProfiles = handler<{ userlist: { userid: number; courseid: number }[] }>(
  ({ userlist }, context) =>
    userlist.flatMap(({ userid, courseid }) => {
      const user = context.state.users.get(userid)
      if (!user || !context.state.courses.get(courseid)?.enrolments.has(userid)) return []
      const groups = groupsOf(context.state, courseid, userid)
      return [
        {
          ...details(context, user),
          groups: groups.map(({ id, name }) => ({ id, name, description: '', descriptionformat: 0 })),
          roles: rolesIn(context.state, courseid, userid),
          enrolledcourses: enrolledCourses(context.state, userid),
        },
      ]
    }),
)

export const preferencesOf = (context: Context, user: User) => [
  ...[...user.preferences].map(([name, value]) => ({ name, value })),
  { name: '_lastloaded', value: context.state.clock.now() },
]

const getPreferences = handler<{ name: string; userid: number }>(({ name, userid }, context) => {
  const user = requireUser(context, userid || context.user.id)
  requireSelf(context, user.id)
  if (name === '') return { preferences: preferencesOf(context, user), warnings: [] }
  return { preferences: [{ name, value: user.preferences.get(name) ?? null }], warnings: [] }
})

type SetArgs = { preferences: { name: string; value: string; userid: number }[] }

const setPreferences = handler<SetArgs>(({ preferences }, context) => {
  const saved: { name: string; userid: number }[] = []
  const warnings: Record<string, unknown>[] = []
  for (const { name, value, userid } of preferences) {
    const user = requireUser(context, userid || context.user.id)
    if (user.id === context.user.id && declared.test(name)) {
      user.preferences.set(name, value)
      saved.push({ name, userid: user.id })
    } else warnings.push(notAllowed(name, user.id))
  }
  return { saved, warnings }
})

const notAllowed = (name: string, itemid: number) => ({
  item: 'user',
  itemid,
  warningcode: 'nopermission',
  message: `You are not allowed to change the preference ${name} for user ${itemid}`,
})

type UpdateArgs = { userid: number; preferences: { type: string; value: string | null }[] }

/** Undeclared ones are passed over in silence. */
const updatePreferences = handler<UpdateArgs>(({ userid, preferences }, context) => {
  const user = requireUser(context, userid || context.user.id)
  if (user.id !== context.user.id && !context.user.siteadmin) throw noPermission('Edit user profile')
  for (const { type, value } of preferences) {
    if (value !== null && declared.test(type)) user.preferences.set(type, value)
  }
  return null
})

export const userFunctions: Handlers = {
  core_user_get_users_by_field: getUsersByField,
  core_user_get_course_user_profiles: getCourseUserProfiles,
  core_user_get_user_preferences: getPreferences,
  core_user_set_user_preferences: setPreferences,
  core_user_update_user_preferences: updatePreferences,
}
