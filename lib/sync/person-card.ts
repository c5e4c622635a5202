import { type AccountId, withPerson } from '../dialogue/dialogue.ts'
import type { Course, PersonCard } from '../dialogue/views.ts'
import { conversationOf } from '../store/conversations.ts'
import { peopleOf, putPeople } from '../store/people.ts'
import { rowsWith } from '../store/read-list.ts'
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

function coursesIn(rows: PersonCard['dialogues']): Course[] {
  return [...new Map(rows.flatMap(({ course }) => (course ? [[course.id, course]] : []))).values()]
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
    courses: coursesIn(dialogues),
    dialogues,
  }
}
