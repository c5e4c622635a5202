import { readLink } from '../dialogue/link.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { Returns } from '../moodle/index.ts'
import type { AccountRow } from '../store/rows.ts'
import { ruleKeysOf } from './rule-keys.ts'
import type { Connection } from './world.ts'

type Found = Returns<'core_message_data_for_messagearea_search_messages'>['contacts'][number]

const PAGE = 500
const SENT = 100
const MOST_SENT_PAGES = 3

function searchPage({ moodle }: Connection, { userId }: AccountRow, search: string, limitfrom: number) {
  const ask = { userid: userId, search, limitfrom, limitnum: PAGE }
  return moodle.call('core_message_data_for_messagearea_search_messages', ask)
}

/** Own messages that name the rule, by their ids. Anybody may paste a link: these are claims. */
async function claims(
  connection: Connection,
  account: AccountRow,
  search: string,
  wanted: ReadonlySet<number>,
): Promise<Map<number, number>> {
  const found = new Map<number, number>()
  for (let from = 0; ; from += PAGE) {
    const { contacts } = await searchPage(connection, account, search, from)
    for (const { sentfromcurrentuser, messageid, userid } of contacts as Found[])
      if (sentfromcurrentuser && messageid && wanted.has(userid)) found.set(messageid, userid)
    if (contacts.length < PAGE) return found
  }
}

/** The newest that were sent, with their words: the link in them says whose message it is. */
async function linksOf(
  { moodle }: Connection,
  account: AccountRow,
  ids: ReadonlySet<number>,
): Promise<Map<number, string>> {
  const site = { wwwroot: account.wwwroot, former: account.formerWwwroots }
  const links = new Map<number, string>()
  const sent = { useridto: 0, useridfrom: account.userId, type: 'conversations', read: 2, newestfirst: true }
  for (let page = 0; page < MOST_SENT_PAGES && links.size < ids.size; page++) {
    const ask = { ...sent, limitfrom: page * SENT, limitnum: SENT }
    const { messages } = await moodle.call('core_message_get_messages', ask)
    for (const { id, text } of messages)
      if (ids.has(id)) links.set(id, readLink(text ?? '', site).link?.m ?? '')
    if (messages.length < SENT) break
  }
  return links
}

/** Too old for that: the site is asked for the very key. */
async function hasKey(
  connection: Connection,
  account: AccountRow,
  key: string,
  userId: number,
  messageId: number,
): Promise<boolean> {
  return (await claims(connection, account, `m=${key}`, new Set([userId]))).has(messageId)
}

/**
 * Whom of these people the site shows as reached by the rule, with the message's id. Only one's own messages count,
 * in that person's conversation, and only with the key that is derived for them.
 */
export async function proveReached(
  connection: Connection,
  account: AccountRow,
  rule: OpenRule,
  userIds: ReadonlySet<number>,
): Promise<Map<number, number>> {
  const found = await claims(connection, account, `rule=${rule.id}`, userIds)
  const proven = new Map<number, number>()
  if (found.size === 0) return proven
  const links = await linksOf(connection, account, new Set(found.keys()))
  for (const [messageId, userId] of found) {
    const { m: key } = await ruleKeysOf(rule, userId)
    const link = links.get(messageId)
    const isIt = link === undefined ? hasKey(connection, account, key, userId, messageId) : link === key
    if (await isIt) proven.set(userId, messageId)
  }
  return proven
}
