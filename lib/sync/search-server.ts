import { type AccountId, type DialogueRef, GENERAL, withPerson } from '../dialogue/dialogue.ts'
import { plainText } from '../dialogue/html.ts'
import { isWorthSearching, markIn, type Query, queryOf } from '../dialogue/search.ts'
import type { SearchHit, ServerSearchAnswer } from '../dialogue/search-hit.ts'
import { wordsIn } from '../dialogue/search-words.ts'
import type { Returns } from '../moodle/index.ts'
import { conversationOf, conversationWithId } from '../store/conversations.ts'
import type { AccountRow, MessageRow } from '../store/rows.ts'
import { pullOlder } from './older.ts'
import { withConnection } from './way.ts'
import type { World } from './world.ts'

type Found = Returns<'core_message_data_for_messagearea_search_messages'>['contacts'][number]

const PAGE = 20
/** Reading back to a message stops here: some thousands of messages. */
const MOST_PAGES = 60

/**
 * The site looks for the text as it was sent, tags and all, with % and _ as wildcards. Only letters and digits are sent,
 * so that nobody's sign is a wildcard, and the words are joined by one of ours, which passes over tags between them.
 */
export function likeText(typed: string): string {
  return wordsIn(typed)
    .map(({ start, end }) => typed.slice(start, end))
    .join('%')
}

function messageWithId(world: World, accountId: AccountId, id: number): Promise<MessageRow | undefined> {
  return world.store.messages.get({ accountId, id })
}

async function hitOf(world: World, account: AccountRow, query: Query, found: Found): Promise<SearchHit[]> {
  const { messageid, conversationid } = found
  if (!messageid || !conversationid) return []
  const held = await messageWithId(world, account.id, messageid)
  if (held?.html) return []
  const conversation = await conversationWithId(world.store, account.id, conversationid)
  const conversationKey = held?.key ?? conversation?.key ?? withPerson(found.userid)
  const isAlone = conversation?.kind === 'self'
  return [
    {
      ref: { accountId: account.id, conversationKey, dialogueId: held?.dialogueId || GENERAL },
      kind: conversation?.kind ?? 'individual',
      people: markIn(isAlone ? '' : (conversation?.name ?? found.fullname), query),
      messageId: messageid,
      mine: found.sentfromcurrentuser,
      time: found.lastmessagedate ?? 0,
      snippet: markIn(plainText(found.lastmessage ?? ''), query),
    },
  ]
}

/** One request: what the site finds and this computer does not hold, newest first. */
export async function searchServer(
  world: World,
  accountId: AccountId,
  typed: string,
  from = 0,
): Promise<ServerSearchAnswer> {
  const query = queryOf(typed)
  if (!isWorthSearching(query)) return { hits: [] }
  let answer: ServerSearchAnswer = { hits: [] }
  const { trouble } = await withConnection(world, accountId, async ({ moodle }, account) => {
    const { contacts } = await moodle.call('core_message_data_for_messagearea_search_messages', {
      userid: account.userId,
      search: likeText(typed),
      limitfrom: from,
      limitnum: PAGE,
    })
    const hits = await Promise.all(contacts.map((found) => hitOf(world, account, query, found)))
    // A message to a group counts once for each member, so that a page may be short and not the last.
    answer = { hits: hits.flat(), ...(contacts.length > 0 ? { next: from + PAGE } : {}) }
  })
  return trouble ? { hits: [], trouble } : answer
}

async function isHeld(world: World, { accountId }: DialogueRef, messageId: number): Promise<boolean> {
  return Boolean((await messageWithId(world, accountId, messageId))?.html)
}

async function mayReadOn(world: World, { accountId, conversationKey }: DialogueRef): Promise<boolean> {
  return (await conversationOf(world.store, accountId, conversationKey))?.complete === false
}

/** Reads a conversation backwards until the message is held; tells in which dialogue it stands. */
export async function locate(
  world: World,
  ref: DialogueRef,
  messageId: number,
): Promise<DialogueRef | undefined> {
  for (let page = 0; page < MOST_PAGES && !(await isHeld(world, ref, messageId)); page++) {
    if (!(await mayReadOn(world, ref))) break
    const { trouble } = await withConnection(world, ref.accountId, (way, account) =>
      pullOlder(world, way, account, ref.conversationKey),
    )
    if (trouble) break
  }
  const row = await messageWithId(world, ref.accountId, messageId)
  return row?.dialogueId ? { ...ref, conversationKey: row.key, dialogueId: row.dialogueId } : undefined
}
