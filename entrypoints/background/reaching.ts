import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import type { CannotReach, ReachAnswer } from '../../lib/dialogue/people-views.ts'
import type { WhyNot } from '../../lib/dialogue/permission.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { askReach, REACH_BATCH } from '../../lib/sync/reach.ts'
import { type Connection, isTrouble } from '../../lib/sync/world.ts'
import { world } from './worker.ts'

/** Long enough for a message to be written, short enough for a change of mind. */
const FRESH_MS = 600_000
/** More are not asked about beforehand: each answer costs the site some milliseconds. */
const MOST = 500

interface Known {
  /** Absent where the site does not show them to this account. */
  person: Participant | undefined
  why: WhyNot | undefined
  askedMs: number
}

const known = new Map<AccountId, Map<number, Known>>()

export function reachOf({ id }: AccountRow, userId: number): Known | undefined {
  const there = known.get(id)?.get(userId)
  return there && Date.now() - there.askedMs < FRESH_MS ? there : undefined
}

/** One request for those of whom it is not known. */
export async function learnReach(
  connection: Connection,
  account: AccountRow,
  userIds: readonly number[],
): Promise<void> {
  const unknown = [...new Set(userIds)].filter((id) => !reachOf(account, id)).slice(0, REACH_BATCH)
  if (unknown.length === 0) return
  const { reasons, people } = await askReach(connection, account, unknown)
  const persons = new Map(people.map((person) => [person.id, person]))
  const ofAccount = known.get(account.id) ?? new Map<number, Known>()
  known.set(account.id, ofAccount)
  for (const id of unknown)
    ofAccount.set(id, { person: persons.get(id), why: reasons.get(id), askedMs: Date.now() })
}

export function cannotReach(account: AccountRow, userIds: readonly number[]): CannotReach[] {
  return userIds.flatMap((userId) => {
    const why = reachOf(account, userId)?.why
    return why ? [{ userId, why }] : []
  })
}

/** Asks about everybody chosen, a hundred at a time; what cannot be asked stays unknown and is no reason to hold back. */
export async function reach(account: AccountRow, userIds: number[]): Promise<ReachAnswer> {
  const asked = userIds.slice(0, MOST)
  const connection = await world.connect(account)
  for (let at = 0; at < asked.length && !isTrouble(connection); at += REACH_BATCH)
    await learnReach(connection, account, asked.slice(at, at + REACH_BATCH)).catch(() => undefined)
  return {
    people: userIds.flatMap((id) => reachOf(account, id)?.person ?? []),
    cannot: cannotReach(account, userIds),
    unasked: userIds.filter((id) => !reachOf(account, id)).length,
  }
}
