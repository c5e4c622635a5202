import { cleanName, type Participant } from '../dialogue/participant.ts'
import type { PersonReason } from '../dialogue/rule-person.ts'
import type { AccountRow } from '../store/rows.ts'
import type { Connection } from './world.ts'

/** So many in one request. */
export const REACH_BATCH = 100

interface Member {
  isdeleted?: boolean | null
  canmessage?: boolean | null
  requirescontact?: boolean | null
}

function whyNot(member: Member | undefined): PersonReason | undefined {
  if (!member) return 'not-shown'
  if (member.isdeleted) return 'gone'
  if (member.canmessage !== false) return undefined
  return member.requirescontact ? 'contacts-only' : 'refuses'
}

export interface Reach {
  /** Why not; absent for those who can be reached. */
  reasons: Map<number, PersonReason>
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
  const members = new Map(rows.map((row) => [row.id, row]))
  const reasons = userids.flatMap((id) => {
    const reason = whyNot(members.get(id))
    return reason ? [[id, reason] as const] : []
  })
  const people = rows.map(({ id, fullname }) => ({ id, fullName: cleanName(fullname) }))
  return { reasons: new Map(reasons), people }
}
