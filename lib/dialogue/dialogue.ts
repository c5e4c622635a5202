/** `3@moodle.example/school`: one person on one site (host and path of its wwwroot). */
export type AccountId = string

/**
 * A conversation as seen from one account: `u5` with the person 5, `g17` group conversation 17, `self`.
 * Built on people, not on Moodle's conversation ids, because `core_message_get_messages` names none
 * and a new dialogue exists here before its conversation does there.
 */
export type ConversationKey = string

/** Twelve characters of `0-9a-z`, or `general`. */
export type DialogueId = string

export const GENERAL: DialogueId = 'general'
export const SELF: ConversationKey = 'self'

export interface DialogueRef {
  accountId: AccountId
  conversationKey: ConversationKey
  dialogueId: DialogueId
}

export type DialogueState = 'open' | 'closed'

export function withPerson(userId: number): ConversationKey {
  return `u${userId}`
}

export function withGroup(conversationId: number): ConversationKey {
  return `g${conversationId}`
}

/** The other person of an individual conversation. */
export function personOf(key: ConversationKey): number | undefined {
  return key.startsWith('u') ? Number(key.slice(1)) : undefined
}

export function accountIdOf(site: string, userId: number): AccountId {
  return `${userId}@${site}`
}

export function siteOfAccount(accountId: AccountId): string {
  return accountId.slice(accountId.indexOf('@') + 1)
}

export function userOfAccount(accountId: AccountId): number {
  return Number(accountId.slice(0, accountId.indexOf('@')))
}

/** Host and path of a wwwroot; the scheme does not tell sites apart. */
export function siteOf(wwwroot: string): string {
  const { host, pathname } = new URL(wwwroot)
  return host + pathname.replace(/\/+$/, '')
}
