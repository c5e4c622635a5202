import type { Participant } from '../dialogue/participant.ts'
import { type WhyNot, whyNot } from '../dialogue/permission.ts'
import type { AccountRow } from '../store/rows.ts'
import { participant } from './from-moodle.ts'
import type { Connection } from './world.ts'

/** So many in one request. */
export const REACH_BATCH = 100

export interface Reach {
  /** Why not; absent for those who can be reached. */
  reasons: Map<number, WhyNot>
  people: Participant[]
}

/**
 * Who of these would refuse, as the site says before anything is written: on a real Moodle one refusal fails the answer
 * for everybody in the same request.
 */
export async function askReach(
  { moodle }: Connection,
  { userId }: AccountRow,
  userids: readonly number[],
): Promise<Reach> {
  const rows = await moodle.call('core_message_get_member_info', {
    referenceuserid: userId,
    userids: [...userids],
    includecontactrequests: false,
    includeprivacyinfo: true,
  })
  const people = rows.map(participant)
  const members = new Map(people.map((person) => [person.id, person]))
  const reasons = userids.flatMap((id) => {
    const reason = whyNot(members.get(id))
    return reason ? [[id, reason] as const] : []
  })
  return { reasons: new Map(reasons), people }
}
