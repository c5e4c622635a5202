import { ask } from '../e2e/switch-on.ts'
import { type Figure, figure } from './figures.ts'
import { LONG_SUBJECT } from './large-school.ts'
import type { OwnWorld } from './own-world.ts'
import { type CoursePage, openCourse, rest, type Stage } from './stage.ts'
import { back, openList } from './thread.ts'
import { notedTime, noteTimeOf } from './watch.ts'

const MESSAGES = '.thread-scroll .message:nth-of-type(12) .message-body *'
/** The answer that brings a message's words. */
const CARRIER = 'core_message_get_conversation_between_users'

async function timeOf(world: OwnWorld, work: () => Promise<unknown>): Promise<number> {
  await work()
  const time = await world.run(notedTime, undefined)
  if (time === undefined) throw new Error('the page went away')
  return time
}

/** Hears when answers leave the site. */
function listenToSite({ simulator }: Stage): { timeOf(name: string): number; stop(): void } {
  const add = simulator.requests.add
  const times = new Map<string, number>()
  simulator.requests.add = (entry) => {
    for (const name of entry.functions) times.set(name, performance.timeOrigin + performance.now())
    add(entry)
  }
  return {
    timeOf: (name) => times.get(name) ?? Number.NaN,
    stop: () => {
      simulator.requests.add = add
    },
  }
}

function hears(stage: Stage, student: number): void {
  stage.simulator.clock.advance(1)
  stage.simulator.say({ from: `student${student}`, to: 'teacher1', text: '<p>Here is some news.</p>' })
}

const LAST = '.message-block:last-of-type > .message:last-of-type'

/** A message comes in while its dialogue is before the reader's eyes. */
async function untilPainted(stage: Stage, course: CoursePage): Promise<number> {
  const site = listenToSite(stage)
  const id = (await course.world.run(idOf, LAST)) as string
  await course.world.run(noteTimeOf, { event: 'painted', selector: `${LAST}:not([data-id="${id}"])` })
  hears(stage, 1)
  const painted = await timeOf(course.world, () => ask(stage.own, 'refresh', {}))
  site.stop()
  await rest()
  return painted - site.timeOf(CARRIER)
}

function idOf(selector: string): string {
  const host = document.querySelector('aside-panel') as HTMLElement
  const root = chrome.dom.openOrClosedShadowRoot(host) as ShadowRoot
  return root.querySelector<HTMLElement>(selector)?.dataset.id ?? ''
}

export async function measureNews(stage: Stage): Promise<Figure[]> {
  const course = await openCourse(stage)
  await openList(course)
  await course.clickAndTime(await course.inPanel('.row', LONG_SUBJECT), { until: MESSAGES, from: 'click' })
  await rest()
  const samples: number[] = []
  while (samples.length < stage.times) samples.push(await untilPainted(stage, course))
  await back(course)
  await course.page.close()
  return [figure('a new message: from the answer that brings it until it is painted', 'ms', samples, 100)]
}

/** Read in one tab: until the list in another no longer shows it as unread. */
async function untilReadThere(
  stage: Stage,
  here: CoursePage,
  there: CoursePage,
  student: number,
): Promise<number> {
  hears(stage, student)
  const unread = '.rows-item:first-child .row[data-unread="true"]'
  await there.world.run(noteTimeOf, { event: 'there', selector: unread })
  await timeOf(there.world, () => ask(stage.own, 'refresh', {}))
  await rest()
  await there.world.run(noteTimeOf, { event: 'there', selector: '.rows:not(:has([data-unread="true"]))' })
  await here.page.bringToFront()
  await here.world.run(noteTimeOf, { event: 'click' })
  const row = await here.inPanel(unread)
  const clicked = await timeOf(here.world, () => here.click(row))
  const read = await timeOf(there.world, rest)
  await back(here)
  return read - clicked
}

export async function measureReading(stage: Stage): Promise<Figure[]> {
  const [here, there] = [await openCourse(stage), await openCourse(stage)]
  for (const course of [here, there]) {
    await course.page.bringToFront()
    await openList(course)
  }
  const samples: number[] = []
  for (let student = 2; samples.length < stage.times; student++)
    samples.push(await untilReadThere(stage, here, there, student))
  for (const course of [here, there]) await course.page.close()
  return [figure('read in one tab: until it is read in another', 'ms', samples, 200)]
}
