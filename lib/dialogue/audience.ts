import type { CourseAudience } from './open-rule.ts'
import type { Roster, RosterGrouping, RosterPerson } from './roster.ts'
import type { PersonReason } from './rule-person.ts'

function overlaps(some: readonly number[] | undefined, others: readonly number[]): boolean {
  return some === undefined || some.some((id) => others.includes(id))
}

/** Whether roles or groups that the audience names are told to this account at all. */
export function cannotBeKnown(
  { roleIds, groupIds, groupingIds }: CourseAudience,
  { rolesKnown, groupsKnown }: Roster,
  groupings: readonly RosterGrouping[] | undefined,
): ('roles' | 'groups' | 'groupings')[] {
  return [
    ...(roleIds && !rolesKnown ? ['roles' as const] : []),
    ...(groupIds && !groupsKnown ? ['groups' as const] : []),
    ...(groupingIds && !groupings ? ['groupings' as const] : []),
  ]
}

/** With the groups that its groupings stand for now; of one that is no more nobody is meant. */
export function withGroupings(
  audience: CourseAudience,
  groupings: readonly RosterGrouping[] = [],
): CourseAudience {
  const { groupingIds, groupIds = [], ...rest } = audience
  if (!groupingIds) return audience
  const ofThem = groupings.filter(({ id }) => groupingIds.includes(id)).flatMap((each) => each.groupIds)
  return { ...rest, groupIds: [...new Set([...groupIds, ...ofThem])] }
}

/** Whether who is in the course tells that somebody new may be meant: of groups and conditions it does not. */
export function showsInIds({ groupIds, groupingIds, condition }: CourseAudience): boolean {
  return groupIds === undefined && groupingIds === undefined && condition === undefined
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
