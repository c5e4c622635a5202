import { type ConversationKey, SELF, withGroup, withPerson } from '../dialogue/dialogue.ts'
import { readLink } from '../dialogue/link.ts'
import { cleanName, type Participant } from '../dialogue/participant.ts'
import type { Course } from '../dialogue/views.ts'
import type { Returns } from '../moodle/index.ts'
import type { ReadMessage } from '../store/messages.ts'
import type { AccountRow, ConversationRow } from '../store/rows.ts'

/* The only place, with to-moodle.ts, where Moodle's lowercase rows become our objects and back. */

export type MoodleConversation = Returns<'core_message_get_conversations'>['conversations'][number]
type MoodleMember = MoodleConversation['members'][number]
type MoodleMessage = MoodleConversation['messages'][number]
type MoodleCourse = Returns<'core_course_get_enrolled_courses_by_timeline_classification'>['courses'][number]

const GROUP = 2
const SELF_TYPE = 3

export function keyOf(conversation: MoodleConversation, me: number): ConversationKey {
  if (conversation.type === SELF_TYPE) return SELF
  if (conversation.type === GROUP) return withGroup(conversation.id)
  const other = conversation.members.find((member) => member.id !== me)
  return other ? withPerson(other.id) : SELF
}

export function participant(member: MoodleMember): Participant {
  return {
    id: member.id,
    // A name must not turn the words beside it.
    fullName: cleanName(member.fullname),
    isDeleted: member.isdeleted ?? false,
    ...(member.profileimageurlsmall ? { pictureUrl: member.profileimageurlsmall } : {}),
    ...(typeof member.canmessage === 'boolean' ? { canMessage: member.canmessage } : {}),
    ...(typeof member.requirescontact === 'boolean' ? { requiresContact: member.requirescontact } : {}),
  }
}

export function message(row: MoodleMessage, account: AccountRow): ReadMessage {
  const { body, link } = readLink(row.text, { wwwroot: account.wwwroot, former: account.formerWwwroots })
  return {
    id: row.id,
    authorId: row.useridfrom,
    timeCreated: row.timecreated,
    html: body,
    ...(link ? { link } : {}),
  }
}

/** What a conversation says of itself; members of groups are named a few at a time, so they only add up. */
export function conversationChange(
  conversation: MoodleConversation,
  there: ConversationRow | undefined,
): Partial<ConversationRow> {
  const memberIds = conversation.members.map(({ id }) => id)
  const isGroup = conversation.type === GROUP
  return {
    conversationId: conversation.id,
    ...(conversation.name ? { name: conversation.name } : {}),
    memberIds: isGroup ? [...new Set([...(there?.memberIds ?? []), ...memberIds])] : memberIds,
    isMuted: conversation.ismuted,
    isFavourite: conversation.isfavourite,
    mayDeleteForAll: conversation.candeletemessagesforallusers,
    timeLast: Math.max(0, ...conversation.messages.map((row) => row.timecreated)),
  }
}

export function course(row: MoodleCourse): Course {
  return { id: row.id, name: row.fullname }
}
