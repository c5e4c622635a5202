import { readLink } from '../dialogue/link.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { inOneStep } from '../store/db.ts'
import { fingerprint, noteArrived } from '../store/ledger.ts'
import { knownIds, putMessages } from '../store/messages.ts'
import { removeEntries } from '../store/outbox.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { followEntries } from '../store/rule-people.ts'
import type { World } from './world.ts'

/** The message as it was sent, until the site's own rendering of it is read. */
async function keepOwn(
  world: World,
  account: AccountRow,
  entry: OutboxEntry,
  id: number,
  timeCreated: number,
) {
  const { body, link } = readLink(entry.html, { wwwroot: account.wwwroot, former: account.formerWwwroots })
  const own = { id, authorId: account.userId, timeCreated, html: body, ...(link ? { link } : {}) }
  await putMessages(world.store, account.id, entry.conversationKey, [own])
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

/** delivered → (gone): the ledger knows it and the thread holds the message itself before the entry goes. */
export async function finishAll(world: World, account: AccountRow, arrived: readonly Arrived[]) {
  const { store } = world
  const ids = arrived.flatMap(({ entry }) => entry.messageId ?? [])
  await inOneStep(store, async () => {
    const held = await knownIds(store, account.id, ids)
    for (const { entry, timeCreated } of arrived)
      if (entry.messageId !== undefined && !held.has(entry.messageId))
        await keepOwn(
          world,
          account,
          entry,
          entry.messageId,
          timeCreated || entry.timeAttempted || entry.timeWritten,
        )
    await noteArrived(
      store,
      arrived.map(({ entry }) => ledgerRow(entry)),
    )
    await removeEntries(
      store,
      account.id,
      arrived.map(({ entry }) => entry.key),
    )
    await followEntries(
      store,
      arrived.map(({ entry }) => ({ ...entry, state: 'delivered' })),
    )
    for (const { entry } of arrived) await rethread(store, account, entry.conversationKey)
  })
}

export async function finish(world: World, account: AccountRow, entry: OutboxEntry, timeCreated?: number) {
  await finishAll(world, account, [{ entry, ...(timeCreated === undefined ? {} : { timeCreated }) }])
  world.changed(account.id, ['outbox', 'thread', 'dialogues'], entry.conversationKey)
}
