import type { CourseChoices } from '../../lib/dialogue/course-choices.ts'
import type { Condition, OpenRule } from '../../lib/dialogue/open-rule.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { dayText } from '../common/times.ts'
import { roleName } from '../recipients/words.ts'

export const DAY = 86_400

export function conditionWords(condition: Condition, choices: CourseChoices | undefined): string {
  const name = (cmid: number) => choices?.pages.find((page) => page.cmid === cmid)?.name ?? t('thisActivity')
  switch (condition.kind) {
    case 'not-submitted':
      return t('whoNotSubmitted', name(condition.cmid))
    case 'submitted-not-graded':
      return t('whoNotGraded', name(condition.cmid))
    case 'not-in-course-since':
      return t('whoNotSince', dayText(condition.time))
    case 'in-no-group':
      return t('whoNoGroup')
    case 'not-answered':
      return t('whoNotAnswered')
  }
}

/** "Students · Group A · Has not submitted Essay 1"; names as far as the course is known here. */
export function whoWords({ audience }: Pick<OpenRule, 'audience'>, choices?: CourseChoices): string {
  if (audience.kind === 'people') return plural('people', audience.userIds.length)
  const { roleIds, groupIds, groupingIds, condition } = audience
  const roles = roleIds?.map((id) =>
    roleName(choices?.roles.find((role) => role.id === id) ?? { id, name: '' }),
  )
  const groups = [
    ...(choices?.groups.filter(({ id }) => groupIds?.includes(id)) ?? []),
    ...(choices?.groupings?.filter(({ id }) => groupingIds?.includes(id)) ?? []),
  ].map(({ name }) => name)
  const parts = [
    roles?.join(', ') ?? t('allRoles'),
    ...(groups.length > 0 ? [groups.join(', ')] : groupIds || groupingIds ? [t('someGroups')] : []),
    ...(condition ? [conditionWords(condition, choices)] : []),
  ]
  return parts.join(' · ')
}
