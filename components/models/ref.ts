import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { answerDraftKey } from '../../lib/dialogue/draft.ts'

export function refKey(ref: DialogueRef): string {
  return `${ref.accountId}/${answerDraftKey(ref.conversationKey, ref.dialogueId)}`
}

export function isSameRef(one: DialogueRef | undefined, other: DialogueRef | undefined): boolean {
  return one !== undefined && other !== undefined && refKey(one) === refKey(other)
}

function refOf(named: Partial<DialogueRef> | null): DialogueRef | undefined {
  const { accountId, conversationKey, dialogueId } = named ?? {}
  if (typeof accountId !== 'string' || typeof conversationKey !== 'string') return
  return typeof dialogueId === 'string' ? { accountId, conversationKey, dialogueId } : undefined
}

function read(hash: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(hash.slice(1)))
  } catch {
    return
  }
}

/** An address of our own pages may name a dialogue; anybody may have typed it, so it is only looked up. */
export function refInHash(hash: string): DialogueRef | undefined {
  return refOf(read(hash) as Partial<DialogueRef> | null)
}

export function refsInHash(hash: string): DialogueRef[] {
  const named = read(hash)
  return Array.isArray(named) ? named.flatMap((each) => refOf(each) ?? []) : []
}

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz'
/** The largest multiple of 36 in a byte: bytes above it would favour some letters. */
const FAIR = 252

/** Twelve random characters of `0-9a-z`. */
export function randomKey(): string {
  let key = ''
  while (key.length < 12) {
    const [byte = FAIR] = crypto.getRandomValues(new Uint8Array(1))
    if (byte < FAIR) key += LETTERS.charAt(byte % 36)
  }
  return key
}
