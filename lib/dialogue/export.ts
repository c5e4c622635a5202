import type { DialogueRef, DialogueState } from './dialogue.ts'
import type { About } from './draft.ts'
import type { Course, MessageView } from './views.ts'

/** A dialogue as it is written out, with all that was said in it. The person's own labels and notes are not part of it. */
export interface ExportedDialogue {
  ref: DialogueRef
  site: { name: string; wwwroot: string }
  /** Whose account it was written out from. */
  account: string
  subject?: string
  /** Everybody in it, the account's person too. */
  people: string[]
  course?: Course
  about?: About
  state: DialogueState
  closedBy?: { name: string; time: number }
  messages: MessageView[]
  /** False: older messages could not be read from the site. */
  isWhole: boolean
}
