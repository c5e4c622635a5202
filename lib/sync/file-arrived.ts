import type { OutboxEntry } from '../dialogue/outbox.ts'
import { asTheyStand, forgetFiled, tellPeople } from '../store/arrivals.ts'
import { changeConversation } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { keepFirstMessages, unknownAmong } from '../store/first-messages.ts'
import { entriesWith } from '../store/lots.ts'
import type { AccountRow } from '../store/rows.ts'
import { finishAll, ownMessage } from './finish.ts'
import type { Answer } from './to-moodle.ts'
import type { World } from './world.ts'

type Arrival = Exclude<Answer, { refused: string }>

/** What the site says of a message that it took. */
export function arrivalIn(answers: ReadonlyMap<string, Answer>, key: string): Arrival | undefined {
  const answer = answers.get(key)
  return answer && !('refused' in answer) ? answer : undefined
}

/** What arrived, without its words: the outbox has them, and may hold thousands by the time they are filed. */
export interface Sent {
  key: string
  answer: Arrival
}

interface Kept {
  entry: OutboxEntry
  answer: Arrival
}

/** Puts what arrived where it belongs; most of it is the first that is known of its conversation. */
async function keep(world: World, account: AccountRow, arrived: readonly Kept[]): Promise<void> {
  const { store } = world
  const keys = arrived.map(({ entry }) => entry.conversationKey)
  const unknown = await unknownAmong(store, account, keys)
  const firsts = arrived.filter(({ entry }) => unknown.has(entry.conversationKey))
  await keepFirstMessages(
    store,
    account,
    firsts.map(({ entry, answer: { timeCreated, conversationId } }) => ({
      key: entry.conversationKey,
      message: ownMessage(account, entry, timeCreated),
      ...(conversationId === undefined ? {} : { conversationId }),
    })),
  )
  for (const { entry, answer } of arrived)
    if (!unknown.has(entry.conversationKey)) await changeKnown(world, account, entry, answer)
  await finishAll(
    world,
    account,
    arrived.map(({ entry, answer: { timeCreated } }) => ({ entry, timeCreated })),
    unknown,
  )
}

async function changeKnown({ store }: World, account: AccountRow, entry: OutboxEntry, answer: Arrival) {
  const { conversationId, timeCreated: timeLast } = answer
  const known = conversationId === undefined ? {} : { conversationId }
  await changeConversation(store, account.id, entry.conversationKey, { timeLast, ...known })
}

/** A screen that reads meanwhile waits for no more than these. */
const FILED_AT_ONCE = 25

/** delivered → (gone): what arrived stands in its thread. Whatever was filed or forgotten meanwhile stays as it is. */
export async function fileArrived(world: World, account: AccountRow, all: readonly Sent[]): Promise<void> {
  const { store } = world
  for (let from = 0; from < all.length; from += FILED_AT_ONCE) {
    const slice = all.slice(from, from + FILED_AT_ONCE)
    await inOneStep(store, async () => {
      const keys = slice.map(({ key }) => key)
      const there = await asTheyStand(store, await entriesWith(store, account.id, keys))
      await tellPeople(store, account.id, new Set(keys))
      const answers = new Map(slice.map(({ key, answer }) => [key, answer]))
      const arrived = there.flatMap((entry) => {
        const answer = entry.state === 'delivered' ? answers.get(entry.key) : undefined
        return answer ? [{ entry, answer }] : []
      })
      if (arrived.length > 0) await keep(world, account, arrived)
    })
    world.changed(account.id, ['outbox', 'dialogues', 'rules'])
  }
  await forgetFiled(store, account.id)
}

/** What a worker that died had stored of the answers. */
export function sentBefore(entry: OutboxEntry): Sent {
  const { key, messageId = 0, timeAttempted, timeWritten } = entry
  return { key, answer: { messageId, timeCreated: timeAttempted ?? timeWritten } }
}
