import type { AccountId, DialogueId } from './dialogue.ts'
import type { RuleId } from './open-rule.ts'
import type { OutboxEntry } from './outbox.ts'
import type { WhyNot } from './permission.ts'
import type { Trouble } from './trouble.ts'

/*
 * not-attempted ─► waiting         planned: the message stands in the outbox; where it leaves in the same step, nothing is
 *                                  written of the person before it is filed or somebody reads them, or the rule is shared
 * not-attempted ─► delivered       the site shows it: another computer sent it, or it left before the ledger was lost; or
 *                                  it left at once, and Moodle answered with a message id
 * not-attempted ─► unknown         no ledger and no proof: the person is asked; or it left, and no clear answer came
 * not-attempted ─► refused         the site says beforehand that this person cannot be reached
 * not-attempted ─► dropped         left or suspended before their turn, or the rule was cancelled
 * waiting ───────► not-attempted   withdrawn before it left: paused, edited
 * waiting ───────► delivered       Moodle answered with a message id
 * waiting ───────► refused         Moodle said no
 * waiting ───────► unknown         no clear answer: it is looked for
 * waiting ───────► dropped         the rule was cancelled before it left
 * unknown ───────► delivered       the site shows it, or the person says so
 * unknown ───────► waiting         two looks do not show it: it is sent again with the same key
 * unknown ───────► not-attempted   the person says that it did not arrive
 * refused ───────► not-attempted   tried again
 * dropped ───────► not-attempted   back in the course
 *
 * Nothing leads out of `delivered`.
 */
export type Standing = 'not-attempted' | 'waiting' | 'delivered' | 'refused' | 'unknown' | 'dropped'

/** Why somebody is not reached, where more is known than Moodle's words. */
export type PersonReason = WhyNot | 'left' | 'other-group' | 'no-longer-meant' | 'cancelled'

/** One person of a rule: the ledger. Never evicted while the account stays. */
export interface RulePerson {
  accountId: AccountId
  ruleId: RuleId
  userId: number
  standing: Standing
  reason?: PersonReason
  trouble?: Trouble
  /** From when it is planned. */
  messageKey?: string
  dialogueId?: DialogueId
  messageId?: number
  attempts?: number
  /** No longer meant while nobody knew whether it had arrived: it does not go out again. */
  noLonger?: PersonReason
  /** Another teacher may have reached them; the person was asked, or will be. */
  elsewhere?: true
  /** When the site was last asked whether this person can be reached. */
  timeAsked?: number
  timePlanned?: number
  timeReached?: number
  /** When they first answered in their dialogue. */
  timeAnswered?: number
}

const ARROWS: Record<Standing, readonly Standing[]> = {
  'not-attempted': ['waiting', 'delivered', 'unknown', 'refused', 'dropped'],
  waiting: ['not-attempted', 'delivered', 'refused', 'unknown', 'dropped'],
  unknown: ['delivered', 'waiting', 'not-attempted'],
  refused: ['not-attempted'],
  dropped: ['not-attempted'],
  delivered: [],
}

type PlannedMessage = Pick<OutboxEntry, 'key' | 'dialogueId' | 'timeWritten'>
type Facts = { [K in 'reason' | 'trouble' | 'messageId' | 'timeReached']?: RulePerson[K] | undefined }

/** The person in another standing, without what belonged to the one before; undefined where there is no such arrow. */
export function stepPerson(
  person: RulePerson,
  standing: Standing,
  facts: Facts = {},
): RulePerson | undefined {
  if (!ARROWS[person.standing].includes(standing)) return undefined
  const { reason: _reason, trouble: _trouble, ...rest } = person
  const given = Object.entries(facts).filter(([, value]) => value !== undefined)
  return { ...rest, standing, ...Object.fromEntries(given) }
}

/** Where the entry of a rule's message stands, its person does. */
const STANDINGS: Record<OutboxEntry['state'], Standing> = {
  written: 'waiting',
  sending: 'waiting',
  unconfirmed: 'unknown',
  delivered: 'delivered',
  refused: 'refused',
}

/** What is known of a person from when their message is planned. */
export function plannedAs({ key, dialogueId, timeWritten }: PlannedMessage) {
  return { messageKey: key, dialogueId, timePlanned: timeWritten }
}

/** The person as the entry shows them; undefined where nothing changes. */
export function personAfter(person: RulePerson, entry: OutboxEntry): RulePerson | undefined {
  const { messageId, trouble, attempts } = entry
  const reached = entry.state === 'delivered' ? { messageId, timeReached: entry.timeAttempted } : {}
  const moved = stepPerson(person, STANDINGS[entry.state], { trouble, ...reached })
  return moved && { ...moved, ...plannedAs(entry), attempts }
}
