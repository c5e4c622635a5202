import type { CourseAudience } from './open-rule.ts'
import type { Roster, RosterPerson } from './roster.ts'
import type { PersonReason } from './rule-person.ts'

function overlaps(some: readonly number[] | undefined, others: readonly number[]): boolean {
  return some === undefined || some.some((id) => others.includes(id))
}

/** Whether roles or groups that the audience names are told to this account at all. */
export function cannotBeKnown(
  { roleIds, groupIds }: CourseAudience,
  { rolesKnown, groupsKnown }: Roster,
): ('roles' | 'groups')[] {
  return [
    ...(roleIds && !rolesKnown ? ['roles' as const] : []),
    ...(groupIds && !groupsKnown ? ['groups' as const] : []),
  ]
}

/** Whether the number of the course's people tells that somebody new may be meant: of groups and conditions it does not. */
export function showsInCount({ groupIds, condition }: CourseAudience): boolean {
  return groupIds === undefined && condition === undefined
}

/**
 * Why this person of the course is not meant; undefined for those who are. `fits`: whom the condition picks out; without
 * it everybody.
 */
export function whyNotMeant(
  { roleIds, groupIds, exceptUserIds = [] }: CourseAudience,
  person: RosterPerson,
  fits?: ReadonlySet<number>,
): PersonReason | undefined {
  if (person.isSuspended) return 'suspended'
  const isMeant =
    overlaps(roleIds, person.roleIds) &&
    overlaps(groupIds, person.groupIds) &&
    !exceptUserIds.includes(person.userId) &&
    (fits?.has(person.userId) ?? true)
  return isMeant ? undefined : 'no-longer-meant'
}

export function meantIn(
  audience: CourseAudience,
  { people }: Roster,
  me: number,
  fits?: ReadonlySet<number>,
): RosterPerson[] {
  return people.filter((person) => person.userId !== me && whyNotMeant(audience, person, fits) === undefined)
}
