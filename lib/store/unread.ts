import Dexie from 'dexie'
import type { AccountId, ConversationKey } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'
import { messagesIn, NOWHERE } from './messages.ts'
import type { MessageRow } from './rows.ts'

/*
 * Unread is a set of ids. Moodle tells it in two ways, and each knows only a part:
 * - `core_message_get_messages` with read=0 names the unread among the newest received ones of individual conversations
 *   (it filters after it limits), so it says nothing of older ones;
 * - a conversation's `unreadcount` says how many, and not which.
 */

/** The unread ones are looked for among the newest 50; half of that surely lies within, whatever came since. */
const WINDOW = 25
/** Read at once: quicker than row by row. */
const STRIDE = 100

function withUnread(rows: readonly MessageRow[], unread: 0 | 1): MessageRow[] {
  return rows
    .filter((row) => row.unread !== unread || row.unreadGuess)
    .map(({ unreadGuess: _, ...row }) => ({ ...row, unread }))
}

function withGuess(rows: readonly MessageRow[]): MessageRow[] {
  return rows.map((row) => ({ ...row, unread: 1, unreadGuess: true }))
}

function isReceived(row: MessageRow, me: number): boolean {
  return row.key.startsWith('u') && row.authorId !== me
}

/** From this id on, ids that are not named as unread are read. */
export async function windowStart(db: Store, accountId: AccountId, me: number): Promise<number> {
  const newest: MessageRow[] = []
  for (let before: number | undefined; ; ) {
    const rows: MessageRow[] = await db.messages
      .where('[accountId+id]')
      .between([accountId, Dexie.minKey], [accountId, before ?? Dexie.maxKey], true, false)
      .reverse()
      .limit(STRIDE)
      .toArray()
    newest.push(...rows.filter((row) => isReceived(row, me)))
    before = rows.at(-1)?.id
    if (newest.length >= WINDOW || rows.length < STRIDE) return newest[WINDOW - 1]?.id ?? 0
  }
}

/** Whose place was taken by those that are named now: a guess made the number right already. */
function displaced(marked: readonly MessageRow[], named: readonly MessageRow[]): MessageRow[] {
  const isNew = ({ key, unread }: MessageRow, of: string) => key === of && unread === 0
  const guesses = marked.filter(({ unreadGuess }) => unreadGuess)
  return [...new Set(guesses.map(({ key }) => key))].flatMap((key) => {
    const places = named.filter((row) => isNew(row, key)).length
    return guesses.filter((row) => row.key === key).slice(0, places)
  })
}

/**
 * Makes the newest received ones agree with the ids that the site names; answers the conversations that changed.
 * Of what came after `knownToId`, the newest id in the site's answer, it said nothing.
 */
export async function agreeOnUnread(
  db: Store,
  accountId: AccountId,
  { me, ids, knownToId }: { me: number; ids: ReadonlySet<number>; knownToId: number },
) {
  return db.transaction('rw', db.messages, async () => {
    const marked = await db.messages.where({ accountId, unread: 1 }).toArray()
    const unnamed = marked.filter((row) => isReceived(row, me) && row.id <= knownToId && !ids.has(row.id))
    // Mostly there are none, and no window to be looked for.
    const from = unnamed.length > 0 ? await windowStart(db, accountId, me) : 0
    const told = await Promise.all([...ids].map((id) => db.messages.where({ accountId, id }).toArray()))
    const read = unnamed.filter(({ id }) => id >= from)
    const named = told.flat()
    const changed = [...withUnread([...read, ...displaced(unnamed, named)], 0), ...withUnread(named, 1)]
    await db.messages.bulkPut(changed)
    return new Set(changed.map(({ key }) => key))
  })
}

interface Count {
  me: number
  count: number
  /** Read here, which the site had not heard when it counted. */
  notThese: ReadonlySet<number>
  heldFromId: number
  /** Nothing older is on the site. */
  complete: boolean
  /** Up to here the newest are known by their ids. */
  knownToId: number
}

/** Which of the held ones may be meant by a count that the marked ones do not reach; the newest are the likeliest. */
function likelyUnread(theirs: readonly MessageRow[], from: number, ask: Count): MessageRow[] {
  const isKnown = ({ id }: MessageRow) => id >= from && id <= ask.knownToId
  // Beyond a gap nothing is likely: those that are missing lie in it.
  const open = theirs.filter((row) => row.unread === 0 && row.id >= ask.heldFromId && !isKnown(row))
  // Unread behind one that was read is as likely deeper than what is held.
  const isBehindRead = theirs.some((row) => row.unread === 0 && isKnown(row))
  return isBehindRead && !ask.complete ? open.filter(({ id }) => id > ask.knownToId) : open
}

/** From the newest backwards, and no further than is needed: a conversation may be long. */
async function likeliest(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  ask: Count,
  wanted: number,
): Promise<MessageRow[]> {
  const from = key.startsWith('u') ? await windowStart(db, accountId, ask.me) : Number.MAX_SAFE_INTEGER
  const theirs: MessageRow[] = []
  for (let before: number | undefined; ; ) {
    const rows = await messagesIn(db, accountId, key, before).reverse().limit(STRIDE).toArray()
    theirs.push(...rows.filter((row) => row.authorId !== ask.me && !ask.notThese.has(row.id)))
    const likely = likelyUnread(theirs, from, ask).slice(0, wanted)
    before = rows.at(-1)?.id
    const isPastKnown = before !== undefined && before < from
    if (rows.length < STRIDE || (isPastKnown && likely.length === wanted)) return likely
  }
}

/** Named ones stay, unless none is unread; what was guessed goes first. */
function tooMany(key: ConversationKey, marked: readonly MessageRow[], count: number): MessageRow[] {
  if (!key.startsWith('u') || count === 0) return marked.slice(count)
  const guesses = marked.filter(({ unreadGuess }) => unreadGuess)
  return guesses.slice(Math.max(0, guesses.length - Math.max(0, marked.length - count)))
}

async function heldOf(db: Store, accountId: AccountId, key: ConversationKey, ids: ReadonlySet<number>) {
  const there = await db.messages.bulkGet(
    [...ids].map((id) => [accountId, key, id] as [string, string, number]),
  )
  return there.filter((row) => row !== undefined).length
}

/** Makes a conversation agree with the number that the site gives for it. What is marked already counts first. */
export async function agreeWithCount(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  ask: Count,
): Promise<void> {
  const { me, count, notThese } = ask
  await db.transaction('rw', db.messages, async () => {
    const known = await db.messages.where({ accountId, unread: 1 }).toArray()
    const isTheirs = (row: MessageRow) => row.key === key && row.authorId !== me && !notThese.has(row.id)
    const marked = known.filter(isTheirs).sort((a, b) => b.id - a.id)
    if (marked.length === count) return
    const wanted = count - marked.length - (await heldOf(db, accountId, key, notThese))
    const missing = wanted > 0 ? await likeliest(db, accountId, key, ask, wanted) : []
    await db.messages.bulkPut([...withUnread(tooMany(key, marked, count), 0), ...withGuess(missing)])
  })
}

/** Marks read what the person saw. Repetitions are shown nowhere, so they go with whatever is read beside them. */
export async function markRead(
  db: Store,
  accountId: AccountId,
  key: ConversationKey,
  ids: readonly number[],
) {
  return db.transaction('rw', db.messages, async () => {
    const marked = await db.messages.where({ accountId, unread: 1 }).toArray()
    const seen = marked.filter(
      (row) => row.key === key && (ids.includes(row.id) || row.dialogueId === NOWHERE),
    )
    await db.messages.bulkPut(withUnread(seen, 0))
    return seen.map(({ id }) => id)
  })
}
