import type { ConversationKey } from '../dialogue/dialogue.ts'
import { mayHaveHappened, type Returns } from '../moodle/index.ts'
import { groupConversations } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { knownIds } from '../store/messages.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { agreeOnUnread } from '../store/unread.ts'
import { keysOfMissing } from './missing.ts'
import { keysToPull, pullConversation } from './pull.ts'
import { noteQuiet, sightOf, wasQuiet } from './quiet.ts'
import { noteTold, toldFromNow } from './told.ts'
import { type Connection, screensFirst, type World } from './world.ts'

/** Moodle takes the newest this many first and leaves out the read ones then. */
const UNREAD = 50
const NEWEST = 5
/** In a slow round. */
const LISTED = 20
/** A round pulls this many conversations at most; what is left is still unknown, and so pulled in the next. */
const PULLS = 10
const GROUPS = 10

type MessageList = Returns<'core_message_get_messages'>['messages']

/** Unread messages, the newest read ones, and the counters that also know groups: one request. */
async function askWhatIsNew({ store }: World, { moodle }: Connection, { id, userId: me }: AccountRow) {
  const toldSince = toldFromNow(store, id)
  const received = {
    useridto: me,
    useridfrom: 0,
    type: 'conversations' as const,
    newestfirst: true,
    limitfrom: 0,
  }
  const [unread, read, counts] = await Promise.all([
    moodle.call('core_message_get_messages', { ...received, read: 0, limitnum: UNREAD }),
    moodle.call('core_message_get_messages', { ...received, read: 1, limitnum: NEWEST }),
    moodle.call('core_message_get_unread_conversation_counts', { userid: me }),
  ])
  return { unread: unread.messages, read: read.messages, groupUnread: groupCount(counts), toldSince }
}

type News = Awaited<ReturnType<typeof askWhatIsNew>>

function groupCount({ favourites, types }: Returns<'core_message_get_unread_conversation_counts'>): number {
  return favourites + (types['2'] ?? 0) + (types['3'] ?? 0)
}

async function pullAll(world: World, connection: Connection, account: AccountRow, keys: ConversationKey[]) {
  const results = await Promise.allSettled(
    keys.map((key) => pullConversation(world, connection, account, key)),
  )
  const failed = results.find((result) => result.status === 'rejected')
  return { pulled: keys.filter((_, i) => results[i]?.status === 'fulfilled'), failed: failed?.reason }
}

/** Ids that the site calls unread and shows nowhere must not be asked for in every round. */
async function ghostsAmong(
  world: World,
  account: AccountRow,
  unread: MessageList,
  pulled: ConversationKey[],
) {
  const told = unread.filter((row) => pulled.includes(`u${row.useridfrom}`)).map(({ id }) => id)
  const known = await knownIds(world.store, account.id, told)
  return told.filter((id) => !known.has(id))
}

async function agree(world: World, account: AccountRow, { unread, read, toldSince }: News): Promise<boolean> {
  const { readsToTell } = await syncOf(world.store, account.id)
  const told = new Set([...readsToTell, ...toldSince()])
  const knownToId = Math.max(0, ...[...unread, ...read].map(({ id }) => id))
  const ids = new Set(unread.map(({ id }) => id).filter((id) => !told.has(id)))
  const changed = await inOneStep(world.store, async () => {
    const keys = await agreeOnUnread(world.store, account.id, { me: account.userId, ids, knownToId })
    for (const key of keys) await rethread(world.store, account, key)
    await changeSync(world.store, account.id, { unreadKnownToId: knownToId })
    return keys
  })
  if (changed.size > 0) world.changed(account.id, ['dialogues', 'thread', 'accounts'])
  return changed.size > 0
}

async function pullGroups(world: World, connection: Connection, account: AccountRow) {
  const groups = await groupConversations(world.store, account.id)
  const recent = groups.sort((a, b) => b.timeLast - a.timeLast).slice(0, GROUPS)
  await pullAll(
    world,
    connection,
    account,
    recent.map(({ key }) => key),
  )
}

const personAndId = ({ id, useridfrom }: MessageList[number]) => ({ id, with: useridfrom })

/** One look at the site. A quiet one is a single request. Throws the error that ended it. */
export async function lookForNews(world: World, connection: Connection, account: AccountRow): Promise<void> {
  const news = await askWhatIsNew(world, connection, account)
  const { unread, read, groupUnread } = news
  const sync = await syncOf(world.store, account.id)
  const sight = sightOf([unread.map(personAndId), read.map(personAndId), groupUnread], sync)
  if (wasQuiet(world.store, account.id, sight))
    return world.note?.(account.id, { kind: 'news', conversations: 0, unread: unread.length })
  if (await takeIn(world, connection, account, news)) noteQuiet(world.store, account.id, sight)
}

/** Says whether nothing came of it. */
async function takeIn(world: World, connection: Connection, account: AccountRow, news: News) {
  const { unread, read, groupUnread } = news
  const sync = await syncOf(world.store, account.id)
  const ghosts = new Set(sync.ghosts)
  const rows = [...unread, ...read].filter(({ id }) => !ghosts.has(id)).map(personAndId)
  const keys = (await keysToPull(world, account, rows)).slice(0, PULLS)
  const { pulled, failed } = await pullAll(world, connection, account, keys)
  if (pulled.length > 0) await screensFirst(world)
  world.note?.(account.id, { kind: 'news', conversations: pulled.length, unread: unread.length })
  const newGhosts = await ghostsAmong(world, account, unread, pulled)
  const isAgreed = !(await agree(world, account, news))
  if (groupUnread !== sync.groupUnread) await pullGroups(world, connection, account)
  const listed = new Set(unread.map(({ id }) => id))
  await changeSync(world.store, account.id, (now) => ({
    groupUnread,
    ghosts: [...new Set([...now.ghosts, ...newGhosts])].filter((id) => listed.has(id)),
  }))
  if (failed) throw failed
  return isAgreed && keys.length === 0 && groupUnread === sync.groupUnread
}

/** The newest that were sent and received, read or not: one request. */
async function askForTheNewest({ moodle }: Connection, me: number) {
  const newest = {
    type: 'conversations' as const,
    read: 2,
    newestfirst: true,
    limitfrom: 0,
    limitnum: LISTED,
  }
  const [sent, received] = await Promise.all([
    moodle.call('core_message_get_messages', { ...newest, useridto: 0, useridfrom: me }),
    moodle.call('core_message_get_messages', { ...newest, useridto: me, useridfrom: 0 }),
  ])
  return { sent: sent.messages, received: received.messages }
}

/** What no counter shows: messages sent elsewhere, what was deleted, groups and oneself. */
export async function lookAtTheRest(
  world: World,
  connection: Connection,
  account: AccountRow,
): Promise<void> {
  const { sent, received } = await askForTheNewest(connection, account.userId)
  const keys = await Promise.all([
    keysToPull(
      world,
      account,
      sent.map((row) => ({ id: row.id, with: row.useridto })),
    ),
    keysOfMissing(world, account, sent, 'mine'),
    keysOfMissing(world, account, received, 'theirs'),
  ])
  await pullAll(world, connection, account, [...new Set(keys.flat())].slice(0, PULLS))
  await pullGroups(world, connection, account)
  await changeSync(world.store, account.id, { timeLastSlowRound: world.serverTime(account), ghosts: [] })
}

/** Tells the site what was read here. What could not be told is told in a later round. */
export async function tellReads(world: World, { moodle }: Connection, account: AccountRow): Promise<void> {
  const { readsToTell } = await syncOf(world.store, account.id)
  if (readsToTell.length === 0) return
  const timeread = world.serverTime(account)
  const told = await Promise.allSettled(
    readsToTell.map((messageid) => moodle.call('core_message_mark_message_read', { messageid, timeread })),
  )
  const done = new Set(readsToTell.filter((_, i) => isDone(told[i])))
  noteTold(world.store, account.id, done)
  await changeSync(world.store, account.id, (now) => ({
    readsToTell: now.readsToTell.filter((id) => !done.has(id)),
  }))
}

/** A refusal that is sure to come again (a message deleted since) is as good as told. */
function isDone(result: PromiseSettledResult<unknown> | undefined): boolean {
  return result?.status === 'fulfilled' || (result?.status === 'rejected' && isFinal(result.reason))
}

function isFinal(error: unknown): boolean {
  return (
    mayHaveHappened(error) &&
    typeof error === 'object' &&
    error !== null &&
    'kind' in error &&
    error.kind === 'moodle'
  )
}
