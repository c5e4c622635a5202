import type { Writes } from './stage.ts'
import { contactWrites } from './writes-contacts.ts'
import { markWrites } from './writes-marks.ts'
import { messageWrites } from './writes-messages.ts'
import { otherWrites } from './writes-others.ts'

/** Every function that changes something, and undoes it where that is possible. */
export const writes: Writes = { ...contactWrites, ...markWrites, ...messageWrites, ...otherWrites }

/** Not asked: they would change what cannot be put back. */
export const unasked: readonly string[] = [
  'core_message_delete_conversations_by_id',
  'core_message_message_processor_config_form',
]
