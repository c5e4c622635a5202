import { type DialogueId, GENERAL } from './dialogue.ts'

const LENGTH = 12

/** A new id of a dialogue or key of a message. `random` gives numbers from 0 up to 1, as `Math.random` does. */
export function newKey(random: () => number): string {
  return Array.from({ length: LENGTH }, () => Math.floor(random() * 36).toString(36)).join('')
}

export function isKey(s: string): boolean {
  return /^[0-9a-z]{12}$/.test(s)
}

export function isDialogueId(s: string): s is DialogueId {
  return s === GENERAL || isKey(s)
}

/** Of a message that a rule sends to one person, and of the dialogue that it begins. */
export interface DerivedKeys {
  m: string
  dialogueId: DialogueId
}

/**
 * The same on every computer that knows the rule's secret, and nothing that can be guessed without it: the first and the
 * next twelve digits.
 */
export async function derivedKeys(
  from: { salt: string; ruleId: string; userId: number },
  sha256: (text: string) => Promise<Uint8Array>,
): Promise<DerivedKeys> {
  const digest = await sha256(`${from.salt}:${from.ruleId}:${from.userId}`)
  const number = digest.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const digits = number.toString(36).padStart(50, '0')
  return { m: digits.slice(0, LENGTH), dialogueId: digits.slice(LENGTH, 2 * LENGTH) }
}
