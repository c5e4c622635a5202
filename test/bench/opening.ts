import { stopWorker } from '../e2e/browser.ts'
import { type Figure, figure } from './figures.ts'
import { type CoursePage, openCourse, rest, type Stage, visitCourse } from './stage.ts'

/** More than the panel is high; the rest of a page of rows comes along. */
const SCREENFUL = '.panel:not([hidden]) .rows-item:nth-child(12) .row'
const LIST = '.rows'

async function open(course: CoursePage, from: 'click' | 'pointerover'): Promise<number> {
  const ms = await course.clickAndTime(await course.launcher(), { until: SCREENFUL, from })
  await course.assertScreenful(LIST)
  return ms
}

export async function repeated(times: number, work: () => Promise<number>): Promise<number[]> {
  const samples: number[] = []
  // The first warms what a browser warms once.
  await work()
  while (samples.length < times) samples.push(await work())
  return samples
}

/** The pointer comes and rests a moment, as a hand does; then the click. */
async function warmed(stage: Stage, course: CoursePage): Promise<number> {
  await visitCourse(stage, course.page)
  await course.hover(await course.launcher())
  await rest()
  return open(course, 'click')
}

/** Pointer and click come at once, as a finger does. */
async function atOnce(stage: Stage, course: CoursePage): Promise<number> {
  await visitCourse(stage, course.page)
  return open(course, 'pointerover')
}

async function cold(stage: Stage, course: CoursePage): Promise<number> {
  await visitCourse(stage, course.page)
  await stopWorker(stage.own)
  return open(course, 'pointerover')
}

async function again(course: CoursePage): Promise<number> {
  await course.click(await course.launcher())
  await rest()
  return open(course, 'click')
}

export async function measureOpening(stage: Stage): Promise<Figure[]> {
  const { times } = stage
  const course = await openCourse(stage)
  const first = await repeated(times, () => warmed(stage, course))
  const repeat = await repeated(times, () => again(course))
  const unwarmed = await repeated(times, () => atOnce(stage, course))
  const coldWorker = await repeated(times, () => cold(stage, course))
  await course.page.close()
  return [
    figure('click to dialogues: first open on a page, the pointer came before', 'ms', first, 50),
    figure('click to dialogues: first open on a page, pointer and click at once', 'ms', unwarmed, 50),
    figure('click to dialogues: repeat open', 'ms', repeat, 25),
    figure(
      'click to dialogues: first open, worker stopped, pointer and click at once',
      'ms',
      coldWorker,
      100,
    ),
  ]
}
