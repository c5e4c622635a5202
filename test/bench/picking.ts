import { setTimeout as pause } from 'node:timers/promises'
import { stopWorker } from '../e2e/browser.ts'
import { type Figure, figure } from './figures.ts'
import { repeated } from './opening.ts'
import { type CoursePage, openCourse, rest, type Stage } from './stage.ts'
import { framesWatched, watchFrames } from './watch.ts'

const NEW = '[data-action=new]'
const BACK = '.new-pane button.back'
const FIELD = '.new-pane [role=combobox]'
/** More than the list is high. */
const NAMES = '.new-pane .option:nth-child(8)'
/** Another one each time: who was asked about a moment ago is not asked about again. */
let asked = 400
const nextName = () => `number${++asked}`
/** In a name's place there is a group or a role of so many people; the first is the largest. */
const STUDENTS = '.new-pane .option:first-child'
const CHIP = '.new-pane .pick-unfold'
/** The people of what was chosen have come: it says how many. */
const COUNTED = '.new-pane .copies strong'
const UNFOLDED = '.new-pane .unfolded-row:nth-child(8)'
const LONGEST_READING_MS = 30_000
const LONGEST_SCROLL_MS = 20_000
/** Longer than the pause after which the site is asked. */
const PAUSE_MS = 1000

async function clear({ page }: CoursePage): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await pause(PAUSE_MS)
}

/** The course's people are read when somebody looks for them first. */
async function readFirst(course: CoursePage): Promise<void> {
  const until = performance.now() + LONGEST_READING_MS
  await course.click(await course.inPanel(FIELD))
  while (performance.now() < until) {
    const isThere = await course.inPanel(NAMES).catch(() => undefined)
    if (isThere) return
    await rest()
  }
  throw new Error('the people of the course were not read')
}

async function beginAnew(course: CoursePage): Promise<void> {
  await course.click(await course.inPanel(BACK))
  await rest()
  await course.clickAndTime(await course.inPanel(NEW), { until: FIELD, from: 'click' })
}

async function openNames(course: CoursePage): Promise<number> {
  await beginAnew(course)
  return course.clickAndTime(await course.inPanel(FIELD), { until: NAMES, from: 'click' })
}

/** The worker has slept meanwhile, and holds nothing in its memory. */
async function openNamesAfterSleep(stage: Stage, course: CoursePage): Promise<number> {
  await beginAnew(course)
  await stopWorker(stage.own)
  await beginAnew(course)
  return course.clickAndTime(await course.inPanel(FIELD), { until: NAMES, from: 'click' })
}

/** As fast as one types; what it asks of the site. */
async function typeName({ simulator }: Stage, course: CoursePage): Promise<number> {
  await clear(course)
  simulator.requests.clear()
  await course.page.keyboard.type(nextName(), { delay: 60 })
  await pause(PAUSE_MS)
  return simulator.requests.all().filter(({ functions }) => functions.some(isOfPicker)).length
}

function isOfPicker(name: string): boolean {
  return name === 'core_message_get_member_info' || name === 'core_message_message_search_users'
}

/** Milliseconds of each frame while `work` is done. */
async function framesOf(course: CoursePage, work: () => Promise<void>): Promise<number[]> {
  await course.world.run(watchFrames, undefined)
  await work()
  return course.world.run(framesWatched, undefined)
}

async function typeAgain(course: CoursePage): Promise<number> {
  await clear(course)
  return Math.max(
    ...(await framesOf(course, async () => course.page.keyboard.type(nextName(), { delay: 60 }))),
  )
}

/** These run inside the page. */
function rowsUnfolded(): number {
  const host = document.querySelector('aside-panel') as HTMLElement
  const root = chrome.dom.openOrClosedShadowRoot(host) as ShadowRoot | null
  return root?.querySelectorAll('.unfolded-row').length ?? 0
}

/** All students as one choice, unfolded: until its first people are drawn; then scrolled to the last of them. */
async function unfoldAll(course: CoursePage, people: number) {
  await clear(course)
  await course.click(await course.inPanel(FIELD))
  await rest()
  const chosen = await course.clickAndTime(await course.inPanel(STUDENTS), { until: COUNTED, from: 'click' })
  await rest()
  const unfolded = await course.clickAndTime(await course.inPanel(CHIP), { until: UNFOLDED, from: 'click' })
  const at = await course.inPanel('.unfolded')
  let drawn = 0
  const frames = await framesOf(course, async () => {
    const until = performance.now() + LONGEST_SCROLL_MS
    while (drawn < people && performance.now() < until) {
      await course.wheel(at, 1200)
      drawn = await course.world.run(rowsUnfolded, undefined)
    }
  })
  if (drawn < people) throw new Error(`scrolling drew only ${drawn} people of ${people}`)
  await course.click(await course.inPanel('.new-pane .pick .icon-button'))
  await rest()
  return { chosen, unfolded, frames }
}

async function unfoldedOften(stage: Stage, course: CoursePage, people: number): Promise<Figure[]> {
  const each: Awaited<ReturnType<typeof unfoldAll>>[] = []
  while (each.length < Math.max(2, Math.floor(stage.times / 6))) each.push(await unfoldAll(course, people))
  const of = <Value>(value: (one: (typeof each)[number]) => Value) => each.map(value)
  return [
    figure(
      `click on a role of ${people} people to their number`,
      'ms',
      of(({ chosen }) => chosen),
      100,
    ),
    figure(
      `unfolding a role of ${people} people to the first of them`,
      'ms',
      of(({ unfolded }) => unfolded),
      100,
    ),
    figure(
      `scrolling through a role of ${people} people: slowest frame`,
      'ms',
      of(({ frames }) => Math.max(...frames)),
      50,
    ),
  ]
}

export async function measurePicking(stage: Stage): Promise<Figure[]> {
  const course = await openCourse(stage)
  await course.click(await course.launcher())
  await pause(PAUSE_MS)
  await course.click(await course.inPanel(NEW))
  await rest()
  await readFirst(course)
  const enrolments = [...(stage.simulator.school.courses.get(2)?.enrolments.values() ?? [])]
  const students = enrolments.filter(({ role }) => role === 'student').length
  const names = await repeated(stage.times, () => openNames(course))
  const cold = await repeated(Math.min(5, stage.times), () => openNamesAfterSleep(stage, course))
  const requests = await repeated(Math.min(5, stage.times), () => typeName(stage, course))
  const typing = await repeated(Math.min(5, stage.times), () => typeAgain(course))
  const unfolding = await unfoldedOften(stage, course, students)
  await course.page.close()
  const course5000 = `in a course of ${enrolments.length} people`
  return [
    figure(`click on "To" to first names, ${course5000}`, 'ms', names, 100),
    figure(`click on "To" to first names, ${course5000}, worker stopped`, 'ms', cold, 200),
    figure('a name typed: requests', 'requests', requests, 1),
    figure(`a name typed, ${course5000}: slowest frame`, 'ms', typing, 50),
    ...unfolding,
  ]
}
