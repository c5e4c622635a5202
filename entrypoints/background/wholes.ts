import { type Chosen, type ChosenWhole, chosenKey, everybody, wholesIn } from '../../lib/dialogue/chosen.ts'
import { choosable, type Directory, pickerPeople } from '../../lib/dialogue/find-people.ts'
import { writeIds } from '../../lib/dialogue/id-list.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import type { ChoiceView, Members } from '../../lib/dialogue/people-views.ts'
import type { RosterPerson } from '../../lib/dialogue/roster.ts'
import type { MembersAsk } from '../../lib/extension/people-protocol.ts'
import { directoryHeld } from '../../lib/store/directories.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { rulesFor, withReach } from './picking.ts'
import { cannotReach, reach, reachOf } from './reaching.ts'
import { store } from './worker.ts'

/** So many of those who cannot be reached are named. */
const NAMED = 50

type Whole = Pick<ChosenWhole, 'kind' | 'courseId' | 'id'>

interface Known {
  directory: Directory
  people: RosterPerson[]
}

/** Everybody whom a whole group or role stands for; undefined while its course was never read. */
async function knownOf(account: AccountRow, { kind, courseId, id }: Whole): Promise<Known | undefined> {
  const directory = await directoryHeld(store, account.id, courseId)
  if (!directory) return undefined
  const { isOffered } = await rulesFor(account, directory, courseId)
  const people = choosable(directory.roster, kind, id, { me: account.userId, isOffered })
  return { directory, people }
}

export async function members(account: AccountRow, { from, limit, ...whole }: MembersAsk): Promise<Members> {
  const known = await knownOf(account, whole)
  if (!known) return { people: [], count: 0 }
  const { people, directory } = known
  const part = pickerPeople(directory.roster, account.userId, people.slice(from, from + limit))
  return { people: part.map((person) => withReach(account, person)), count: people.length }
}

const participant = ({ userId, fullName }: RosterPerson): Participant => ({ id: userId, fullName })

export async function choice(
  account: AccountRow,
  { chosen, asksSite }: { chosen: Chosen[]; asksSite: boolean },
): Promise<ChoiceView> {
  const parts = await Promise.all(
    wholesIn(chosen).map(async (whole) => {
      const known = await knownOf(account, whole)
      return known ? [[chosenKey(whole), known.people.map(participant)] as const] : []
    }),
  )
  const known = new Map(parts.flat())
  const all = everybody(chosen, known)
  const userIds = all.map(({ id }) => id)
  if (asksSite) await reach(account, userIds)
  const cannot = cannotReach(account, userIds)
  const out = new Set(cannot.map(({ userId }) => userId))
  return {
    who: writeIds(userIds),
    count: all.length,
    counts: Object.fromEntries([...known].map(([key, people]) => [key, people.length])),
    cannot,
    unreachable: all.filter(({ id }) => out.has(id)).slice(0, NAMED),
    unasked: userIds.filter((id) => !reachOf(account, id)).length,
  }
}
