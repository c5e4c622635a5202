import { plainText } from '../dialogue/html.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { pageOf } from '../dialogue/page.ts'
import type { Thread } from '../dialogue/thread.ts'
import type { AccountRow, ConversationRow, DialogueRecord, Orders } from './rows.ts'
import type { Tally } from './tally.ts'

const SNIPPET = 140

const NO_ORDERS: Orders = { first: '', last: '', count: '', activity: '' }

/** Only pages that are known may be opened from a link that somebody wrote, and only by their plain address. */
function urlOf({ url }: Thread, wwwroot: string): { url?: string } {
  const page = url === undefined ? undefined : pageOf(url, wwwroot)
  return page ? { url: page.url } : {}
}

function factsOf(thread: Thread, wwwroot: string) {
  const { subject, courseId, openerId, closedBy, ruleId, repliesExpected, state } = thread
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(courseId === undefined ? {} : { courseId }),
    ...urlOf(thread, wwwroot),
    ...(openerId === undefined ? {} : { openerId }),
    ...(closedBy === undefined ? {} : { closedBy }),
    ...(ruleId === undefined ? {} : { ruleId }),
    repliesExpected,
    state,
  }
}

export interface Shown {
  tally: Tally
  lastHtml: string
  unread: number
}

/** What its messages say. */
export function recordOf(
  { accountId, key, kind }: ConversationRow,
  thread: Thread,
  { tally, lastHtml, unread }: Shown,
  { wwwroot }: AccountRow,
): DialogueRecord {
  const { count, timeLast, lastAuthorId, receivedId } = tally
  return {
    ...{ accountId, key, dialogueId: thread.dialogueId, kind },
    ...factsOf(thread, wwwroot),
    ...{ timeLast, lastAuthorId },
    lastText: plainText(lastHtml, SNIPPET),
    ...{ unread, count },
    isAnswered: receivedId !== undefined,
    ...(receivedId === undefined ? {} : { lastReceivedId: receivedId }),
    lists: [],
    orders: NO_ORDERS,
  }
}

function begunBy({ accountId, key, kind }: ConversationRow, entry: OutboxEntry): DialogueRecord {
  return {
    ...{ accountId, key, dialogueId: entry.dialogueId, kind },
    ...(entry.subject === undefined ? {} : { subject: entry.subject }),
    ...(entry.courseId === undefined ? {} : { courseId: entry.courseId }),
    ...(entry.aboutUrl === undefined ? {} : { url: entry.aboutUrl }),
    ...(entry.ruleId === undefined ? {} : { ruleId: entry.ruleId }),
    repliesExpected: true,
    state: 'open',
    timeLast: entry.timeWritten,
    lastText: '',
    unread: 0,
    count: 0,
    isAnswered: false,
    lists: [],
    orders: NO_ORDERS,
  }
}

/** What is on its way is the last word of its dialogue already, also of one that the site does not know yet. */
export function withEntries(
  conversation: ConversationRow,
  records: Map<string, DialogueRecord>,
  entries: OutboxEntry[],
  me: number,
): void {
  for (const entry of entries) {
    const record = records.get(entry.dialogueId) ?? begunBy(conversation, entry)
    records.set(entry.dialogueId, {
      ...record,
      timeLast: Math.max(record.timeLast, entry.timeWritten),
      lastAuthorId: me,
      lastText: plainText(entry.html, SNIPPET),
    })
  }
}
