import { readLink } from '../dialogue/link.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { inOneStep } from '../store/db.ts'
import { fingerprint, noteArrived } from '../store/ledger.ts'
import { knownIds, putMessages, type ReadMessage } from '../store/messages.ts'
import { removeEntries } from '../store/outbox.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { followEntries } from '../store/rule-people.ts'
import type { World } from './world.ts'

/** The message as it was sent, until the site's own rendering of it is read. */
export function ownMessage(account: AccountRow, entry: OutboxEntry, timeCreated?: number): ReadMessage {
  const { body, link } = readLink(entry.html, { wwwroot: account.wwwroot, former: account.formerWwwroots })
  return {
    id: entry.messageId ?? 0,
    authorId: account.userId,
    timeCreated: timeCreated || entry.timeAttempted || entry.timeWritten,
    html: body,
    ...(link ? { link } : {}),
  }
}

function ledgerRow({ accountId, key, conversationKey, messageId, text }: OutboxEntry) {
  const id = messageId === undefined ? {} : { messageId }
  return { accountId, key, conversationKey, words: fingerprint(text), ...id }
}

export interface Arrived {
  entry: OutboxEntry
  /** As the site says. */
  timeCreated?: number
}

/**
 * delivered → (gone): the ledger knows it and the thread holds the message itself before the entry goes. `filed`: the
 * conversations in which it stands already.
 */
export async function finishAll(
  world: World,
  account: AccountRow,
  arrived: readonly Arrived[],
  filed: ReadonlySet<string> = new Set(),
) {
  const { store } = world
  const entries = arrived.map(({ entry }) => entry)
  const keys = entries.map(({ key }) => key)
  const rest = arrived.filter(({ entry }) => !filed.has(entry.conversationKey))
  await inOneStep(store, async () => {
    await keepOwn(world, account, rest)
    await noteArrived(store, entries.map(ledgerRow))
    await removeEntries(store, account.id, keys)
    await followEntries(
      store,
      rest.map(({ entry }) => ({ ...entry, state: 'delivered' })),
    )
    for (const { entry } of rest) await rethread(store, account, entry.conversationKey)
  })
}

async function keepOwn({ store }: World, account: AccountRow, arrived: readonly Arrived[]): Promise<void> {
  const ids = arrived.flatMap(({ entry }) => entry.messageId ?? [])
  const held = await knownIds(store, account.id, ids)
  for (const { entry, timeCreated } of arrived)
    if (entry.messageId !== undefined && !held.has(entry.messageId))
      await putMessages(store, account.id, entry.conversationKey, [ownMessage(account, entry, timeCreated)])
}

export async function finish(world: World, account: AccountRow, entry: OutboxEntry, timeCreated?: number) {
  await finishAll(world, account, [{ entry, ...(timeCreated === undefined ? {} : { timeCreated }) }])
  world.changed(account.id, ['outbox', 'thread', 'dialogues'], entry.conversationKey)
}
