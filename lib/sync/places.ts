import { pageOf } from '../dialogue/page.ts'
import { coursesReadBefore, noteCourseRead, putPlace, unnamedPlaces } from '../store/places.ts'
import type { AccountRow } from '../store/rows.ts'
import type { Connection, World } from './world.ts'

const COURSES_A_ROUND = 2
const DAY = 86_400

interface Named {
  url: string
  name: string
}

/** The course's activities, from what its own page is drawn from; a JSON text inside the JSON. */
function fromState(text: string): Named[] {
  const { cm = [] } = JSON.parse(text) as { cm?: { url?: string; name?: string }[] }
  return cm.flatMap(({ url, name }) => (url && name ? [{ url, name }] : []))
}

async function activities({ way }: Connection, courseid: number): Promise<Named[]> {
  if (way.kind === 'session') return fromState(await way.call('core_courseformat_get_state', { courseid }))
  const sections = await way.call('core_course_get_contents', { courseid })
  return sections.flatMap(({ modules }) => modules.flatMap(({ url, name }) => (url ? [{ url, name }] : [])))
}

async function learnCourse(
  world: World,
  connection: Connection,
  account: AccountRow,
  courseId: number,
): Promise<void> {
  for (const { url, name } of await activities(connection, courseId).catch(() => [])) {
    const page = pageOf(url, account.wwwroot)
    if (page) await putPlace(world.store, account.id, page.url, name)
  }
  await noteCourseRead(world.store, account.id, courseId, world.serverTime(account))
}

/** Learns what the pages that dialogues are about are called; each course at most once a day. */
export async function learnPlaces(world: World, connection: Connection, account: AccountRow): Promise<void> {
  const courseIds = await unnamedPlaces(world.store, account.id)
  const read = await coursesReadBefore(world.store, account.id, world.serverTime(account) - DAY)
  const due = courseIds.filter((id) => read.has(id)).slice(0, COURSES_A_ROUND)
  for (const courseId of due) await learnCourse(world, connection, account, courseId)
  if (due.length > 0) world.changed(account.id, ['dialogues', 'thread'])
}
