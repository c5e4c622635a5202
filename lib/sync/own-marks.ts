import type { ConversationKey, DialogueId, DialogueRef } from '../dialogue/dialogue.ts'
import { cleanSubject } from '../dialogue/link.ts'
import { cleanLabels, cleanNote, type Marking } from '../dialogue/marks-of-own.ts'
import { accountsOf } from '../store/accounts.ts'
import { inOneStep } from '../store/db.ts'
import { putMark } from '../store/marks.ts'
import { putMove } from '../store/moves.ts'
import { relist } from '../store/relist.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow } from '../store/rows.ts'
import { nextWaking, wake } from '../store/snooze.ts'
import type { World } from './world.ts'

function clean({ labels, name, note, ...rest }: Marking): Marking {
  return {
    ...rest,
    ...(labels === undefined ? {} : { labels: cleanLabels(labels) }),
    ...(name === undefined ? {} : { name: cleanSubject(name) }),
    ...(note === undefined ? {} : { note: cleanNote(note) }),
  }
}

/** Marks dialogues for the person's own eyes; the site hears nothing of it. */
export async function markDialogues(
  { store, changed }: World,
  refs: readonly DialogueRef[],
  change: Marking,
): Promise<void> {
  const marking = clean(change)
  await inOneStep(store, async () => {
    for (const ref of refs) await putMark(store, ref, marking)
    await relist(store, refs)
  })
  for (const id of new Set(refs.map(({ accountId }) => accountId)))
    changed(id, ['dialogues', 'thread', 'accounts'])
}

/** Puts a message where the person says that it belongs. */
export async function moveMessage(
  { store, changed }: World,
  account: AccountRow,
  key: ConversationKey,
  messageId: number,
  to: DialogueId,
): Promise<void> {
  await inOneStep(store, async () => {
    await putMove(store, account.id, key, messageId, to)
    await rethread(store, account, key)
  })
  changed(account.id, ['dialogues', 'thread'], key)
}

/** Brings back what was put off until now; says when the next one comes, in milliseconds. */
export async function wakeDue(world: World): Promise<number | undefined> {
  const accounts = await accountsOf(world.store)
  for (const account of accounts) {
    const woken = await wake(world.store, [account], world.serverTime(account))
    if (woken.length > 0) world.changed(account.id, ['dialogues', 'thread', 'accounts'])
  }
  const next = await nextWaking(world.store, accounts)
  return next === undefined ? undefined : next * 1000
}
