import { withPerson } from '../dialogue/dialogue.ts'
import { conversationsWith } from '../store/conversations.ts'
import { forgetConversation } from '../store/forget-conversation.ts'
import { forgetStrangers, peopleAfter, putPeople } from '../store/people.ts'
import { forgetDeletedInRosters } from '../store/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { participant } from './from-moodle.ts'
import { pullConversation } from './pull.ts'
import { isNoConversation } from './settle.ts'
import { troubleOf } from './trouble.ts'
import type { Connection, World } from './world.ts'

const DAY = 86_400
/** Moodle 4.5 looks a hundred up and fails over the next. */
const PEOPLE = 50
const NOBODY = { people: [], outOfSight: [] }

/** Renews a conversation; one that the site has no longer goes here too, but for what waits to be sent. */
export async function pullOrForget(
  world: World,
  connection: Connection,
  account: AccountRow,
  key: string,
): Promise<void> {
  try {
    await pullConversation(world, connection, account, key)
  } catch (error) {
    if (!isNoConversation(error)) throw error
    await forgetConversation(world.store, account, key)
    world.changed(account.id, ['dialogues', 'thread'], key)
  }
}

/**
 * A stretch of the people that are known here, asked after in one request. Moodle 4.5 leaves out those whose profile
 * this person may not see, the deleted among them, and fails as a whole over a number that it does not know.
 */
async function askAfter({ moodle }: Connection, { userId }: AccountRow, userids: number[]) {
  try {
    const rows = await moodle.call('core_message_get_member_info', {
      referenceuserid: userId,
      userids,
      includecontactrequests: false,
      includeprivacyinfo: false,
    })
    const shown = new Set(rows.map(({ id }) => id))
    return { people: rows.map(participant), outOfSight: userids.filter((id) => !shown.has(id)) }
  } catch (error) {
    if (troubleOf(error).kind !== 'unknown') throw error
    return { people: [], outOfSight: [] }
  }
}

/** Of these the site says nothing: their conversation tells what became of them; who is known by name only is forgotten. */
async function lookForTheRest(world: World, connection: Connection, account: AccountRow, ids: number[]) {
  const held = await conversationsWith(world.store, account.id, ids)
  await Promise.all(held.map((id) => pullOrForget(world, connection, account, withPerson(id))))
  const strangers = ids.filter((id) => !held.includes(id))
  await forgetStrangers(world.store, account.id, strangers)
}

/** People deleted on the site: their names and pictures go, and what the site no longer shows of them. */
export async function lookForDeletedPeople(
  world: World,
  connection: Connection,
  account: AccountRow,
): Promise<void> {
  const { store } = world
  const now = world.serverTime(account)
  const { askedToPersonId, timePeopleAsked = 0 } = await syncOf(store, account.id)
  if (now - timePeopleAsked < DAY) return
  const ids = await peopleAfter(store, account.id, askedToPersonId ?? 0, PEOPLE)
  const { people, outOfSight } = ids.length === 0 ? NOBODY : await askAfter(connection, account, ids)
  await putPeople(store, account.id, people)
  for (const { id } of people.filter(({ isDeleted }) => isDeleted))
    await pullOrForget(world, connection, account, withPerson(id))
  await lookForTheRest(world, connection, account, outOfSight)
  await forgetDeletedInRosters(store, account.id)
  const next = ids.length < PEOPLE ? undefined : ids.at(-1)
  await changeSync(store, account.id, { timePeopleAsked: now, askedToPersonId: next })
}
