import { contacts } from './core_message/contacts.ts'
import { conversations } from './core_message/conversations.ts'
import { counts } from './core_message/counts.ts'
import { deleting } from './core_message/deleting.ts'
import { messages } from './core_message/messages.ts'
import { notifications } from './core_message/notifications.ts'
import { people } from './core_message/people.ts'
import { preferences } from './core_message/preferences.ts'
import { sending } from './core_message/sending.ts'

/** Private messages: https://docs.moodle.org/dev/Messaging_2.0 */
export const core_message = {
  ...contacts,
  ...conversations,
  ...counts,
  ...deleting,
  ...messages,
  ...notifications,
  ...people,
  ...preferences,
  ...sending,
}
