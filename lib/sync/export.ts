import type { DialogueRef } from '../dialogue/dialogue.ts'
import type { ExportedDialogue } from '../dialogue/export.ts'
import { readThread } from '../store/read-thread.ts'
import type { AccountRow } from '../store/rows.ts'
import { withPerhapsNothing } from './way.ts'
import { isWhole, pullWhole } from './whole.ts'
import type { World } from './world.ts'

/** IndexedDB counts no further than 32 bits. */
const ALL = 1_000_000_000

async function read(
  world: World,
  account: AccountRow,
  ref: DialogueRef,
  usual: readonly string[],
): Promise<ExportedDialogue | undefined> {
  const thread = await readThread(world.store, { account, ref, limit: ALL, usual })
  if (!thread) return undefined
  const { subject, people, groupName, course, about, state, closedBy, messages } = thread
  const others = groupName ? [groupName] : people.filter(({ id }) => id !== account.userId)
  return {
    ref,
    site: { name: account.siteName, wwwroot: account.wwwroot },
    account: account.fullName,
    ...(subject === undefined ? {} : { subject }),
    people: [
      account.fullName,
      ...others.map((other) => (typeof other === 'string' ? other : other.fullName)),
    ],
    ...(course ? { course } : {}),
    ...(about ? { about } : {}),
    state,
    ...(closedBy ? { closedBy } : {}),
    messages,
    isWhole: await isWhole(world, ref),
  }
}

/** Reads dialogues back to their beginnings, as far as the site answers, and hands out all of each. */
export async function exportDialogues(
  world: World,
  account: AccountRow,
  refs: readonly DialogueRef[],
  usual: readonly string[],
): Promise<ExportedDialogue[]> {
  const found: ExportedDialogue[] = []
  for (const ref of refs) {
    await withPerhapsNothing(world, account.id, (way) => pullWhole(world, way, account, ref))
    const dialogue = await read(world, account, ref, usual)
    if (dialogue) found.push(dialogue)
  }
  return found
}
