import type { PickerPerson } from '../../lib/dialogue/people-views.ts'
import type { WhyNot } from '../../lib/dialogue/permission.ts'
import { EDITING_TEACHER, MANAGER, type RosterRole, STUDENT, TEACHER } from '../../lib/dialogue/roster.ts'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { nowSeconds, shortText } from '../common/times.ts'

const REASONS = {
  'contacts-only': 'contactsOnly',
  'no-messaging': 'takesNoMessages',
  suspended: 'suspendedInCourse',
  deleted: 'noLongerOnSite',
  'not-shown': 'notShownToYou',
} as const satisfies Record<WhyNot, TextKey>

export function whyNotWords(why: WhyNot): string {
  return t(REASONS[why])
}

const OWN_ROLES = new Map<number, TextKey>([
  [MANAGER, 'roleManager'],
  [EDITING_TEACHER, 'roleTeacher'],
  [TEACHER, 'roleNonEditingTeacher'],
  [STUDENT, 'roleStudent'],
])

/** The course's own name for it; over a token Moodle gives its own roles none. */
export function roleName({ id, name }: Pick<RosterRole, 'id' | 'name'>): string {
  if (name) return name
  const own = OWN_ROLES.get(id)
  return own ? t(own) : t('roleUnnamed')
}

function lastWords({ timeLastInCourse, lastInCourse }: PickerPerson): string | undefined {
  if (timeLastInCourse === 0) return t('neverInCourse')
  if (timeLastInCourse !== undefined) return t('lastInCourse', shortText(timeLastInCourse, nowSeconds()))
  return lastInCourse && t('lastInCourse', lastInCourse)
}

/** "Student · Group A · last in course: 2 days" */
export function personFacts(person: PickerPerson): string[] {
  const last = lastWords(person)
  return [
    ...person.roles.map(roleName),
    ...person.groups,
    ...(person.isSuspended ? [t('suspendedShort')] : []),
    ...(last ? [last] : []),
  ]
}
