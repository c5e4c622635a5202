import type { AccountId } from '../dialogue/dialogue.ts'
import { isPutOff, type OutboxEntry, type OutboxState, step, UNSETTLED } from '../dialogue/outbox.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { isSignedOut, mayHaveHappened } from '../moodle/index.ts'
import { accountWith, forgetLate } from '../store/accounts.ts'
import { asTheyStand } from '../store/arrivals.ts'
import { changeConversation, conversationOf } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { arrivedAs } from '../store/ledger.ts'
import { newestId } from '../store/messages.ts'
import { mirrored } from '../store/mirror.ts'
import { entriesAs, entriesOf, moveEntry } from '../store/outbox.ts'
import type { AccountRow } from '../store/rows.ts'
import { createBulk, dueEntries, type Refill } from './bulk.ts'
import { fileArrived, sentBefore } from './file-arrived.ts'
import { finish } from './finish.ts'
import { LEASE_MS } from './lease.ts'
import { slowDown } from './send-chunk.ts'
import { settleAll } from './settle.ts'
import { makeSureOfTime } from './site-time.ts'
import { type Answer, sendEntry } from './to-moodle.ts'
import { concernsAccount, troubleOf } from './trouble.ts'
import { noteTrouble } from './way.ts'
import { type Connection, isTrouble, type World } from './world.ts'

/** What a worker that died left in the middle: whoever holds the lock now is the only sender. */
async function takeOver(world: World, account: AccountRow): Promise<void> {
  const entries = await asTheyStand(world.store, await entriesOf(world.store, account.id))
  if (entries.some(({ state, ruleId }) => state === 'sending' && ruleId !== undefined))
    await slowDown(world, account)
  for (const entry of entries) {
    const trouble: Trouble = { kind: 'unreachable', mender: 'wait' }
    const nowMs = entry.lease?.untilMs ?? world.nowMs()
    if (entry.state === 'sending')
      await moveEntry(world.store, account.id, entry.key, { kind: 'lease-lost', nowMs, trouble })
    if (entry.state === 'delivered' && entry.ruleId === undefined) await finish(world, account, entry)
    const putBack = { kind: 'clock-put-back' as const, nowMs: world.nowMs() }
    if (step(entry, putBack)) await moveEntry(world.store, account.id, entry.key, putBack)
  }
  const ofRules = entries.filter(({ state, ruleId }) => state === 'delivered' && ruleId !== undefined)
  await fileArrived(world, account, ofRules.map(sentBefore))
}

function noteSend(world: World, entry: OutboxEntry, state: OutboxState, trouble?: Trouble): void {
  const why = trouble ? { trouble: trouble.kind } : {}
  world.note?.(entry.accountId, { kind: 'send', attempt: entry.attempts, state, ...why })
}

async function delivered(
  world: World,
  account: AccountRow,
  entry: OutboxEntry,
  answer: Exclude<Answer, { refused: string }>,
) {
  const { messageId, timeCreated: timeLast, conversationId } = answer
  const known = conversationId === undefined ? {} : { conversationId }
  const moved = await inOneStep(world.store, async () => {
    await changeConversation(world.store, account.id, entry.conversationKey, { ...known, timeLast })
    return moveEntry(world.store, account.id, entry.key, { kind: 'delivered', messageId })
  })
  noteSend(world, entry, 'delivered')
  if (moved) await finish(world, account, moved, answer.timeCreated)
}

async function answered(
  world: World,
  account: AccountRow,
  entry: OutboxEntry,
  answer: Answer,
): Promise<void> {
  if (!('refused' in answer)) return delivered(world, account, entry, answer)
  const trouble: Trouble = { kind: 'recipient-refuses', mender: 'person', serverSays: answer.refused }
  await moveEntry(world.store, account.id, entry.key, { kind: 'refused', trouble, attempt: entry.attempts })
  noteSend(world, entry, 'refused', trouble)
}

/** What an error says of the entry: it may be there, it is not and the account waits, or this message is refused. */
function verdict(error: unknown, trouble: Trouble, attempt: number) {
  if (mayHaveHappened(error)) return { kind: 'unclear' as const, trouble, attempt }
  return {
    kind: concernsAccount(trouble) ? ('not-executed' as const) : ('refused' as const),
    trouble,
    attempt,
  }
}

async function attempt(
  world: World,
  connection: Connection,
  account: AccountRow,
  entry: OutboxEntry,
): Promise<Trouble | undefined> {
  const conversation = await conversationOf(world.store, account.id, entry.conversationKey)
  try {
    await answered(
      world,
      account,
      entry,
      await sendEntry(connection, account, entry, conversation?.conversationId),
    )
    return undefined
  } catch (error) {
    const trouble = troubleOf(error)
    const moved = await moveEntry(world.store, account.id, entry.key, verdict(error, trouble, entry.attempts))
    noteSend(world, entry, moved?.state ?? entry.state, trouble)
    if (isSignedOut(error)) await connection.lost()
    return trouble
  }
}

/** written → sending is stored before anything leaves, in the second place too: what comes back from there may have left. */
async function begin(world: World, account: AccountRow, entry: OutboxEntry) {
  const nowMs = world.nowMs()
  const timeServer = world.serverTime(account)
  const newest = await newestId(world.store, account.id, entry.conversationKey)
  const due = { kind: 'due' as const, holder: world.holder, untilMs: nowMs + LEASE_MS, nowMs, timeServer }
  const moved = await moveEntry(
    world.store,
    account.id,
    entry.key,
    newest === undefined ? due : { ...due, newestId: newest },
  )
  await mirrored(world.store)
  if (moved) world.changed(account.id, ['outbox', 'thread'], moved.conversationKey)
  return moved
}

/** What came back from a copy, and had arrived before. */
async function isThere(world: World, account: AccountRow, entry: OutboxEntry): Promise<boolean> {
  const known = await arrivedAs(world.store, account.id, entry.key)
  if (known?.messageId !== undefined) await finish(world, account, { ...entry, messageId: known.messageId })
  return known?.messageId !== undefined
}

async function sendOne(
  world: World,
  connection: Connection,
  account: AccountRow,
  next: OutboxEntry,
): Promise<Trouble | undefined> {
  if (await isThere(world, account, next)) return undefined
  const entry = await begin(world, account, next)
  if (!entry) return undefined
  const trouble = await attempt(world, connection, account, entry)
  world.changed(account.id, ['outbox', 'thread', 'dialogues'], entry.conversationKey)
  return trouble
}

/** Sends what is due: what a person wrote to one person first, then what rules have planned, a chunk at a time. */
async function sendDue(
  world: World,
  connection: Connection,
  account: AccountRow,
  refill?: Refill,
): Promise<Trouble | undefined> {
  const bulk = createBulk(world, connection, account, refill)
  for (;;) {
    const now = await dueEntries(world, account, UNSETTLED)
    const due = now.filter((entry) => !bulk.waits(entry))
    const [next = due[0]] = due.filter(({ ruleId }) => ruleId === undefined)
    if (!next && !bulk.mayBeMore()) return undefined
    const trouble =
      next && next.ruleId === undefined ? await sendOne(world, connection, account, next) : await bulk.send()
    if (trouble && concernsAccount(trouble)) return trouble
  }
}

/** Where something that was put off seems due. What kept the site from saying so ends the sending. */
async function timeIsTold(
  world: World,
  connection: Connection,
  account: AccountRow,
): Promise<Trouble | undefined> {
  const now = world.serverTime(account)
  const written = await entriesAs(world.store, account.id, ['written'])
  if (!written.some((entry) => entry.sendAt !== undefined && !isPutOff(entry, now))) return undefined
  try {
    await makeSureOfTime(world, connection, account)
    return undefined
  } catch (error) {
    if (isSignedOut(error)) await connection.lost()
    return troubleOf(error)
  }
}

async function settleAndSend(world: World, account: AccountRow, refill?: Refill): Promise<void> {
  await takeOver(world, account)
  const entries = await entriesOf(world.store, account.id)
  const isIdle = !entries.some(({ state }) => state === 'written' || state === 'unconfirmed')
  if (isIdle && !refill) return
  const connection = await world.connect(account)
  if (isTrouble(connection)) return noteTrouble(world, account.id, connection)
  await settleAll(world, connection, account)
  const trouble =
    (await timeIsTold(world, connection, account)) ?? (await sendDue(world, connection, account, refill))
  if (trouble) await noteTrouble(world, account.id, trouble)
}

/**
 * Settles what is unconfirmed and sends what is due; one sender an account, whatever is open. `refill` plans more while
 * it sends.
 */
export async function flush(world: World, accountId: AccountId, refill?: Refill): Promise<void> {
  await world.inTurn(`send:${accountId}`, async () => {
    const account = await accountWith(world.store, accountId)
    if (account)
      await settleAndSend(world, account, refill).finally(() =>
        forgetLate(world.store, account).catch(() => undefined),
      )
  })
}
