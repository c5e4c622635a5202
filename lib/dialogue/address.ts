import type { DialogueId } from './dialogue.ts'
import { isDialogueId, isKey } from './key.ts'

export interface Addressed {
  dialogueId: DialogueId
  m?: string
}

/** Why it was not looked for on the site, or in vain. */
export type NotLooked = 'too-many' | 'no-answer'

/**
 * What `#dialogue=…` in the page's address asks to show. Everything else in it is ignored on purpose:
 * an address, which anybody may have made, must never send, mark or change anything.
 */
export function dialogueInAddress(url: string): Addressed | undefined {
  const keys = fragmentOf(url)
  const dialogueId = keys.get('dialogue') ?? ''
  if (!isDialogueId(dialogueId)) return undefined
  const m = keys.get('m') ?? ''
  return isKey(m) ? { dialogueId, m } : { dialogueId }
}

export function fragmentOf(url: string): URLSearchParams {
  const at = url.indexOf('#')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}
