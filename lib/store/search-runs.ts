import type { AccountId } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'

/** Ids of messages, newest first. */
export type Ids = readonly number[]

/*
 * A question to the database takes as long as eight keys, or four rows, of one that is asked for many. So where ids lie
 * close together, everything from the first of them to the last is read, and elsewhere each by itself.
 */
export const CLOSE_KEYS = 8
const CLOSE_ROWS = 4

export function runsOf(ids: Ids, close: number): Ids[] {
  const runs: number[][] = []
  for (const id of ids) {
    const run = runs.at(-1)
    if (run && (run.at(-1) ?? 0) - id <= close) run.push(id)
    else runs.push([id])
  }
  return runs
}

function stretch(db: Store, accountId: AccountId, run: Ids) {
  return db.messages
    .where('[accountId+id]')
    .between([accountId, run.at(-1) ?? 0], [accountId, run[0] ?? 0], true, true)
}

/** In which conversation each of these messages stands. */
export async function conversationsOf(
  db: Store,
  accountId: AccountId,
  ids: Ids,
): Promise<Map<number, string>> {
  const runs = runsOf(ids, CLOSE_KEYS)
  const found = await Promise.all(runs.map((run) => stretch(db, accountId, run).primaryKeys()))
  return new Map(found.flat().map(([, key, id]) => [id, key]))
}

/** These messages as far as they are held, in the order of their ids. */
export async function messagesOf(db: Store, accountId: AccountId, ids: Ids) {
  const runs = runsOf(ids, CLOSE_ROWS)
  const found = await Promise.all(runs.map((run) => stretch(db, accountId, run).toArray()))
  const held = new Map(found.flat().map((row) => [row.id, row]))
  return ids.flatMap((id) => held.get(id) ?? [])
}
