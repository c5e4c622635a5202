import { type AccountId, withPerson } from '../dialogue/dialogue.ts'
import { personIn, type Roster, type RosterPerson } from '../dialogue/roster.ts'
import type { Course, PersonCard } from '../dialogue/views.ts'
import { conversationOf } from '../store/conversations.ts'
import { coursesOf as coursesHeld, peopleOf, putPeople } from '../store/people.ts'
import { rowsWith } from '../store/read-list.ts'
import { rosterHeld } from '../store/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import { participant } from './from-moodle.ts'
import { withConnection } from './way.ts'
import type { World } from './world.ts'

async function askSite(world: World, accountId: AccountId, userId: number) {
  let isBlocked = false
  const { trouble } = await withConnection(world, accountId, async ({ moodle }, account) => {
    const [member] = await moodle.call('core_message_get_member_info', {
      referenceuserid: account.userId,
      userids: [userId],
      includecontactrequests: false,
      includeprivacyinfo: true,
    })
    if (!member) return
    isBlocked = member.isblocked ?? false
    await putPeople(world.store, account.id, [participant(member)])
  })
  return { isBlocked, ...(trouble ? { trouble } : {}) }
}

type CardCourse = PersonCard['courses'][number]

function withRoster(course: Course, roster: Roster, person: RosterPerson): CardCourse {
  const namesOf = (all: readonly { id: number; name: string }[], ids: readonly number[]) =>
    all.filter(({ id }) => ids.includes(id)).map(({ name }) => name)
  const { timeLastInCourse, lastInCourse } = person
  return {
    ...course,
    roles: namesOf(roster.roles, person.roleIds),
    groups: namesOf(roster.groups, person.groupIds),
    ...(timeLastInCourse ? { timeLastAccess: timeLastInCourse } : {}),
    ...(lastInCourse ? { lastAccess: lastInCourse } : {}),
  }
}

/** Courses that a dialogue with them is in, and those whose people were read and have them among them. */
async function coursesOf(
  { store }: World,
  { id: accountId }: AccountRow,
  userId: number,
  rows: PersonCard['dialogues'],
): Promise<CardCourse[]> {
  const courses = new Map<number, CardCourse>(
    rows.flatMap(({ course }) => (course ? [[course.id, course]] : [])),
  )
  for (const { id, name } of await coursesHeld(store, accountId)) {
    const roster = await rosterHeld(store, accountId, id)
    const person = roster && personIn(roster, userId)
    if (person) courses.set(id, withRoster({ id, name }, roster, person))
  }
  return [...courses.values()]
}

/** What is known of a person here, and what the site says of them now. */
export async function personCard(world: World, account: AccountRow, userId: number): Promise<PersonCard> {
  const asked = await askSite(world, account.id, userId)
  const key = withPerson(userId)
  const [people, conversation, dialogues] = await Promise.all([
    peopleOf(world.store, account.id, [userId]),
    conversationOf(world.store, account.id, key),
    rowsWith(world.store, account, key),
  ])
  return {
    ...(people.get(userId) ?? { id: userId, fullName: '' }),
    ...asked,
    profileUrl: `${account.wwwroot}/user/profile.php?id=${userId}`,
    isMuted: conversation?.isMuted ?? false,
    isFavourite: conversation?.isFavourite ?? false,
    courses: await coursesOf(world, account, userId, dialogues),
    dialogues,
  }
}
