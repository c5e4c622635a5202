import { derivedKey } from '../dialogue/key.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}

type RuleSecret = Pick<OpenRule, 'id' | 'secret'>

/** The key of what this rule sends to this person: the same on every computer that knows the rule. */
export function messageKeyOf({ id, secret }: RuleSecret, userId: number): Promise<string> {
  return derivedKey({ salt: secret, ruleId: id, userId }, sha256)
}

/** Their dialogue: another computer must not open a second one. */
export function dialogueIdOf({ id, secret }: RuleSecret, userId: number): Promise<string> {
  return derivedKey({ salt: secret, ruleId: `${id}/dialogue`, userId }, sha256)
}
