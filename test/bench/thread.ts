import { type Figure, figure } from './figures.ts'
import { LONG_SUBJECT, LONGEST } from './large-school.ts'
import { repeated } from './opening.ts'
import { type CoursePage, openCourse, rest, type Stage } from './stage.ts'
import { framesWatched, messagesDrawn, watchFrames } from './watch.ts'

const ROWS = '.panel:not([hidden]) .rows-item:nth-child(12) .row'
const MESSAGES = '.thread-scroll .message:nth-of-type(12) .message-body *'
const LONGEST_SCROLL_MS = 20_000
/** A busy machine does not get to the first one in time. */
const ENOUGH = LONGEST / 4

export async function openList(course: CoursePage): Promise<void> {
  await course.clickAndTime(await course.launcher(), { until: ROWS, from: 'click' })
  await rest()
}

export async function back(course: CoursePage): Promise<void> {
  await course.click(await course.inPanel('.thread-pane .head button'))
  await rest()
}

async function openThread(course: CoursePage, selector: string, words?: string): Promise<number> {
  const row = await course.inPanel(selector, words)
  const ms = await course.clickAndTime(row, { until: MESSAGES, from: 'click' })
  await course.assertScreenful('.thread-scroll')
  await rest()
  await back(course)
  return ms
}

/** As a wheel is turned, from the newest message to the first: milliseconds of each frame. */
async function scrollBack(course: CoursePage): Promise<number[]> {
  await course.clickAndTime(await course.inPanel('.row', LONG_SUBJECT), { until: MESSAGES, from: 'click' })
  await rest()
  const at = await course.inPanel('.thread-scroll')
  const until = performance.now() + LONGEST_SCROLL_MS
  let drawn = 0
  await course.world.run(watchFrames, undefined)
  while (drawn < LONGEST && performance.now() < until) {
    await course.wheel(at, -1200)
    drawn = await course.world.run(messagesDrawn, undefined)
  }
  const frames = await course.world.run(framesWatched, undefined)
  if (drawn < ENOUGH) throw new Error(`scrolling drew only ${drawn} messages of ${LONGEST}`)
  await back(course)
  return frames
}

export async function measureThread(stage: Stage): Promise<Figure[]> {
  const course = await openCourse(stage)
  await openList(course)
  const long = await repeated(stage.times, () => openThread(course, '.row', LONG_SUBJECT))
  let row = 1
  const others = await repeated(stage.times, () => {
    row = 2 + (row % 6)
    return openThread(course, `.rows-item:nth-child(${row}) .row`)
  })
  await course.page.close()
  return [
    figure('click on a dialogue to its messages', 'ms', others, 30),
    figure(`click on a row to the last screenful of ${LONGEST} messages`, 'ms', long, 100),
  ]
}

export async function measureScrolling(stage: Stage): Promise<Figure[]> {
  const course = await openCourse(stage)
  await openList(course)
  const scrolls: number[][] = []
  while (scrolls.length < Math.max(1, Math.floor(stage.times / 6))) scrolls.push(await scrollBack(course))
  await course.page.close()
  const slowest = scrolls.map((frames) => Math.max(...frames))
  return [
    figure(`scrolling through ${LONGEST} messages: slowest frame`, 'ms', slowest, 50),
    figure(`scrolling through ${LONGEST} messages: all frames`, 'ms', scrolls.flat()),
  ]
}
