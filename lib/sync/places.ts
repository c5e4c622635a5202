import type { About } from '../dialogue/draft.ts'
import { pageOf } from '../dialogue/page.ts'
import { coursesReadBefore, noteCourseRead, putPlace, unnamedPlaces } from '../store/places.ts'
import type { AccountRow } from '../store/rows.ts'
import type { Connection, World } from './world.ts'

const COURSES_A_ROUND = 2
const DAY = 86_400

interface Activity {
  cmid: number
  url?: string
  name: string
  isHidden: boolean
}

/** The course's activities, from what its own page is drawn from; a JSON text inside the JSON. */
function fromState(text: string): Activity[] {
  const { cm = [] } = JSON.parse(text) as {
    cm?: { id?: string; url?: string; name?: string; visible?: boolean }[]
  }
  return cm.map(({ id, url, name, visible }) => ({
    cmid: Number(id),
    name: name ?? '',
    isHidden: visible === false,
    ...(url ? { url } : {}),
  }))
}

async function activities({ way }: Connection, courseid: number): Promise<Activity[]> {
  if (way.kind === 'session') return fromState(await way.call('core_courseformat_get_state', { courseid }))
  const sections = await way.call('core_course_get_contents', { courseid })
  return sections.flatMap(({ modules }) =>
    modules.map(({ id, url, name, visible }) => ({
      cmid: id,
      name,
      isHidden: visible === 0,
      ...(url ? { url } : {}),
    })),
  )
}

/** What a course has that its students can open and a dialogue may be about, in the course's order. One request. */
export async function pagesOf(
  connection: Connection,
  account: AccountRow,
  courseId: number,
): Promise<About[]> {
  const all = await activities(connection, courseId)
  return all.flatMap(({ cmid, url, name, isHidden }) => {
    const page = url === undefined || isHidden ? undefined : pageOf(url, account.wwwroot)
    return page?.cmid === undefined ? [] : [{ url: page.url, name, courseId, cmid }]
  })
}

/** What the course's activities are called, and which of them its students cannot open. */
export async function learnCourse(
  world: World,
  connection: Connection,
  account: AccountRow,
  courseId: number,
): Promise<void> {
  const found = await activities(connection, courseId).catch(() => [])
  for (const { url, name } of found) {
    const page = url && name ? pageOf(url, account.wwwroot) : undefined
    if (page) await putPlace(world.store, account.id, page.url, name)
  }
  const hiddenCmids = found.flatMap(({ cmid, isHidden }) => (isHidden ? cmid : []))
  await noteCourseRead(world.store, account.id, courseId, {
    timePlacesRead: world.serverTime(account),
    hiddenCmids,
  })
}

/** Learns what the pages that dialogues are about are called; each course at most once a day. */
export async function learnPlaces(world: World, connection: Connection, account: AccountRow): Promise<void> {
  const read = await coursesReadBefore(world.store, account.id, world.serverTime(account) - DAY)
  if (read.size === 0) return
  const courseIds = await unnamedPlaces(world.store, account.id)
  const due = courseIds.filter((id) => read.has(id)).slice(0, COURSES_A_ROUND)
  for (const courseId of due) await learnCourse(world, connection, account, courseId)
  if (due.length > 0) world.changed(account.id, ['dialogues', 'thread'])
}
