import { withPerson } from '../dialogue/dialogue.ts'
import { forgetConversation } from '../store/forget-conversation.ts'
import { peopleAfter, putPeople } from '../store/people.ts'
import { forgetInRosters } from '../store/roster.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeSync, syncOf } from '../store/sync-state.ts'
import { participant } from './from-moodle.ts'
import { pullConversation } from './pull.ts'
import { isNoConversation } from './settle.ts'
import type { Connection, World } from './world.ts'

const DAY = 86_400
const PEOPLE = 100

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

/** A stretch of the people that are known here, asked after in one request. */
async function askAfter({ moodle }: Connection, { userId }: AccountRow, userids: number[]) {
  const rows = await moodle.call('core_message_get_member_info', {
    referenceuserid: userId,
    userids,
    includecontactrequests: false,
    includeprivacyinfo: false,
  })
  const shown = new Map(rows.map((row) => [row.id, participant(row)]))
  return userids.map((id) => shown.get(id) ?? { id, fullName: '', isDeleted: true })
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
  const people = ids.length === 0 ? [] : await askAfter(connection, account, ids)
  await putPeople(store, account.id, people)
  const gone = people.filter(({ isDeleted }) => isDeleted).map(({ id }) => id)
  await forgetInRosters(store, account.id, gone)
  for (const id of gone) await pullOrForget(world, connection, account, withPerson(id))
  const next = ids.length < PEOPLE ? undefined : ids.at(-1)
  await changeSync(store, account.id, { timePeopleAsked: now, askedToPersonId: next })
}
