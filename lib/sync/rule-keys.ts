import { type DerivedKeys, derivedKeys } from '../dialogue/key.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'

const encoder = new TextEncoder()

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text)))
}

/** The key of what this rule sends to this person, and their dialogue: another computer must not open a second one. */
export function ruleKeysOf(
  { id, secret }: Pick<OpenRule, 'id' | 'secret'>,
  userId: number,
): Promise<DerivedKeys> {
  return derivedKeys({ salt: secret, ruleId: id, userId }, sha256)
}
