import { readLink } from '../dialogue/link.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { inOneStep } from '../store/db.ts'
import { fingerprint, noteArrived } from '../store/ledger.ts'
import { knownIds, putMessages } from '../store/messages.ts'
import { removeEntry } from '../store/outbox.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
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

/** delivered → (gone): the ledger knows it and the thread holds the message itself before the entry goes. */
export async function finish(world: World, account: AccountRow, entry: OutboxEntry, timeCreated?: number) {
  const { store } = world
  const id = entry.messageId
  await inOneStep(store, async () => {
    const isHeld = id === undefined || (await knownIds(store, account.id, [id])).has(id)
    if (!isHeld)
      await keepOwn(world, account, entry, id, timeCreated || entry.timeAttempted || entry.timeWritten)
    await noteArrived(store, [ledgerRow(entry)])
    await removeEntry(store, account.id, entry.key)
    await rethread(store, account, entry.conversationKey)
  })
  world.changed(account.id, ['outbox', 'thread', 'dialogues'], entry.conversationKey)
}
