import { isTeacherIn, personIn, type Roster, type RosterPerson } from './roster.ts'

/**
 * Who writes to whom in a course, as its people are used to. It limits what the panel offers and nothing else:
 * whether a message arrives is decided by Moodle's own rules.
 */
export type Habit =
  | { kind: 'everybody' }
  /** Students write to teachers; teachers to everybody. */
  | { kind: 'to-teachers' }
  /** As above, but for these students, who write to everybody and to whom all students may write. */
  | { kind: 'representatives'; userIds?: number[]; groupIds?: number[]; roleIds?: number[] }

export const EVERYBODY: Habit = { kind: 'everybody' }

function overlaps(some: readonly number[] = [], others: readonly number[] = []): boolean {
  return some.some((id) => others.includes(id))
}

export function isRepresentative(habit: Habit, person: RosterPerson): boolean {
  if (habit.kind !== 'representatives') return false
  const { userIds, groupIds, roleIds } = habit
  return (
    overlaps(userIds, [person.userId]) ||
    overlaps(groupIds, person.groupIds) ||
    overlaps(roleIds, person.roleIds)
  )
}

/** What the course's habit lets `me` write to. Where roles cannot be known, it cannot be followed: everybody. */
export function offeredBy(habit: Habit, roster: Roster, me: number): (person: RosterPerson) => boolean {
  const self = personIn(roster, me)
  const isFree =
    habit.kind === 'everybody' ||
    !roster.rolesKnown ||
    self === undefined ||
    isTeacherIn(roster, self) ||
    isRepresentative(habit, self)
  if (isFree) return () => true
  return (person) => isTeacherIn(roster, person) || isRepresentative(habit, person)
}

/** What an administrator allows of messages to several people. */
export type SeveralPolicy = 'teachers' | 'nobody' | 'everybody'

/** So many people anybody may write to at once. */
export const SEVERAL_FOR_ANYBODY = 5

/** To how many people at once `me` may write in this course; outside of any, nobody is a teacher. */
export function mostAtOnce(
  policy: SeveralPolicy | undefined,
  roster: Roster | undefined,
  me: number,
): number {
  if (policy === 'nobody') return 1
  if (policy === 'everybody') return Number.POSITIVE_INFINITY
  const isTeacher = roster !== undefined && isTeacherIn(roster, personIn(roster, me))
  if (isTeacher) return Number.POSITIVE_INFINITY
  return policy === 'teachers' ? 1 : SEVERAL_FOR_ANYBODY
}

/** Why Moodle would not let a message through, as it says before anything is written. */
export type WhyNot = 'contacts-only' | 'no-messaging' | 'suspended' | 'deleted' | 'not-shown'

interface AsMessaging {
  isDeleted?: boolean | null
  canMessage?: boolean | null
  requiresContact?: boolean | null
}

/**
 * `member`: how Moodle's messaging sees them; undefined where it shows them to this account not at all. That somebody
 * has blocked one is said by no site, and rightly: then they just do not take messages.
 */
export function whyNot(member: AsMessaging | undefined, isSuspended = false): WhyNot | undefined {
  if (!member) return 'not-shown'
  if (member.isDeleted) return 'deleted'
  if (isSuspended) return 'suspended'
  if (member.canMessage !== false) return undefined
  return member.requiresContact ? 'contacts-only' : 'no-messaging'
}
