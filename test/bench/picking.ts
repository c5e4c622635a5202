import { setTimeout as pause } from 'node:timers/promises'
import { type Figure, figure } from './figures.ts'
import { repeated } from './opening.ts'
import { type CoursePage, openCourse, rest, type Stage } from './stage.ts'

const NEW = '[data-action=new]'
const FIELD = '.new-pane [role=combobox]'
/** More than the list is high. */
const NAMES = '.new-pane .option:nth-child(8)'
const NAME = 'number4'
const LONGEST_READING_MS = 30_000
/** Longer than the pause after which the site is asked. */
const PAUSE_MS = 1000

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

async function openNames(course: CoursePage): Promise<number> {
  await course.page.keyboard.press('Escape')
  await rest()
  return course.clickAndTime(await course.inPanel(FIELD), { until: NAMES, from: 'click' })
}

/** As fast as one types; what it asks of the site. */
async function typeName({ simulator }: Stage, course: CoursePage): Promise<number> {
  await course.page.keyboard.press('ControlOrMeta+a')
  await course.page.keyboard.press('Delete')
  await pause(PAUSE_MS)
  simulator.requests.clear()
  await course.page.keyboard.type(NAME, { delay: 60 })
  await pause(PAUSE_MS)
  return simulator.requests.all().filter(({ functions }) => functions.some(isOfPicker)).length
}

function isOfPicker(name: string): boolean {
  return name === 'core_message_get_member_info' || name === 'core_message_message_search_users'
}

export async function measurePicking(stage: Stage): Promise<Figure[]> {
  const course = await openCourse(stage)
  await course.click(await course.launcher())
  await pause(PAUSE_MS)
  await course.click(await course.inPanel(NEW))
  await rest()
  await readFirst(course)
  const people = stage.simulator.school.courses.get(2)?.enrolments.size ?? 0
  const names = await repeated(stage.times, () => openNames(course))
  const requests = await repeated(Math.min(5, stage.times), () => typeName(stage, course))
  await course.page.close()
  return [
    figure(`click on "To" to first names, in a course of ${people} people`, 'ms', names, 100),
    figure('a name of seven letters typed: requests', 'requests', requests, 1),
  ]
}
