import { core_course } from './functions/core_course.ts'
import { core_courseformat } from './functions/core_courseformat.ts'
import { core_enrol } from './functions/core_enrol.ts'
import { core_group } from './functions/core_group.ts'
import { core_message } from './functions/core_message.ts'
import { core_notes } from './functions/core_notes.ts'
import { core_session } from './functions/core_session.ts'
import { core_table } from './functions/core_table.ts'
import { core_user } from './functions/core_user.ts'
import { core_webservice } from './functions/core_webservice.ts'
import { message_popup } from './functions/message_popup.ts'
import { mod_assign } from './functions/mod_assign.ts'
import { mod_dialogue } from './functions/mod_dialogue.ts'
import { tool_mobile } from './functions/tool_mobile.ts'

/** Every function this client knows, under Moodle's own name. */
export const functions = {
  ...core_course,
  ...core_courseformat,
  ...core_enrol,
  ...core_group,
  ...core_message,
  ...core_notes,
  ...core_session,
  ...core_table,
  ...core_user,
  ...core_webservice,
  ...message_popup,
  ...mod_assign,
  ...mod_dialogue,
  ...tool_mobile,
}

export type Registry = typeof functions
export type FunctionName = keyof Registry
