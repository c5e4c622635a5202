import { cleanName } from '../dialogue/participant.ts'
import type { Roster, RosterGrouping } from '../dialogue/roster.ts'
import type { MoodleClient } from '../moodle/index.ts'
import type { AccountRow } from '../store/rows.ts'
import { tokenWay } from './way.ts'
import type { Connection, World } from './world.ts'

/*
 * No function that a session or the mobile service reaches tells the members of a grouping. A token is told the course's
 * groupings by name, and of one person the groups that belong to a grouping. So of each group one member is asked about:
 * to whom all groups belong between them, few are enough.
 */

/** More questions than this are not asked: so many groupings and groups are not told here. */
const MOST = 100

/** As few people as easily found who are in all the groups between them. */
function oneOfEach({ people, groups }: Pick<Roster, 'people' | 'groups'>): number[] {
  const left = new Set(groups.map(({ id }) => id))
  const asked: number[] = []
  for (const { userId, groupIds } of people.toSorted((a, b) => b.groupIds.length - a.groupIds.length)) {
    if (!groupIds.some((id) => left.has(id))) continue
    asked.push(userId)
    for (const id of groupIds) left.delete(id)
  }
  return asked
}

async function groupsIn(
  way: MoodleClient<'rest'>,
  ask: { courseid: number; groupingid: number },
  userIds: readonly number[],
): Promise<number[]> {
  const told = await Promise.all(
    userIds.map((userid) => way.call('core_group_get_course_user_groups', { ...ask, userid })),
  )
  return [...new Set(told.flatMap(({ groups }) => groups.map(({ id }) => id)))].sort((a, b) => a - b)
}

async function read(way: MoodleClient<'rest'>, roster: Roster): Promise<RosterGrouping[] | undefined> {
  const { courseId: courseid } = roster
  const named = await way.call('core_group_get_course_groupings', { courseid })
  const userIds = oneOfEach(roster)
  if (named.length * userIds.length > MOST) return undefined
  return Promise.all(
    named.map(async ({ id, name }) => {
      const groupIds = await groupsIn(way, { courseid, groupingid: id }, userIds)
      return { id, name: cleanName(name), groupIds }
    }),
  )
}

/** The course's groupings with those of their groups that have members; undefined where the site does not tell them. */
export async function groupingsIn(
  world: World,
  connection: Connection,
  account: AccountRow,
  roster: Roster,
): Promise<RosterGrouping[] | undefined> {
  const way = await tokenWay(world, connection, account)
  return way && read(way, roster).catch(() => undefined)
}
