import { rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { launch, logIn, type Person } from '../e2e/browser.ts'
import { switchOn } from '../e2e/switch-on.ts'
import type { Simulator } from '../moodle-simulator/index.ts'
import { copyForThisComputer } from './builds.ts'
import { INSPECTABLE } from './inspector.ts'
import { type OwnWorld, ownWorld } from './own-world.ts'
import { startSchool } from './school.ts'
import { fills, placeInPanel, timeOfPaint, type Watched, watchPaint } from './watch.ts'

/** Everything a measurement needs: a school, a teacher's browser, a page of the extension's own. */
export interface Stage {
  /** How often each thing is done: the more, the surer. */
  times: number
  simulator: Simulator
  person: Person
  own: Page
  course: string
  close(): Promise<void>
}

export async function openStage(times: number): Promise<Stage> {
  const simulator = await startSchool()
  const build = await copyForThisComputer()
  const person = await launch({ build, args: INSPECTABLE })
  await logIn(person, simulator.wwwroot, 'teacher1')
  const course = `${simulator.wwwroot}/course/view.php?id=2`
  await person.page(course)
  const own = await switchOn(person, simulator.wwwroot)
  return {
    times,
    simulator,
    person,
    own,
    course,
    async close() {
      await person.close()
      await simulator.close()
      for (const folder of [person.profile, build]) await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Point {
  x: number
  y: number
}

/** A course page with the launcher in it, and a hand that presses. */
export interface CoursePage {
  page: Page
  world: OwnWorld
  launcher(): Promise<Point>
  inPanel(selector: string, words?: string): Promise<Point>
  hover(at: Point): Promise<void>
  /** All of a click at once, without the time that a hand takes between. */
  click(at: Point): Promise<void>
  wheel(at: Point, by: number): Promise<void>
  /** Milliseconds until `watched` is painted after this click. */
  clickAndTime(at: Point, watched: Watched): Promise<number>
  assertScreenful(selector: string): Promise<void>
}

/** Long enough for what a fresh page and the worker do of themselves. */
const REST_MS = 300

export async function rest(): Promise<void> {
  await pause(REST_MS)
}

export async function visitCourse({ course }: Stage, page: Page): Promise<void> {
  await page.mouse.move(640, 600)
  await page.goto(course)
  await page.bringToFront()
  await page.waitForSelector('aside-launcher', { state: 'attached', timeout: 5000 })
  await rest()
}

export async function openCourse(stage: Stage): Promise<CoursePage> {
  const page = await stage.person.context.newPage()
  const world = await ownWorld(page, stage.person.extensionId)
  await visitCourse(stage, page)
  const mouse = (type: 'mouseMoved' | 'mousePressed' | 'mouseReleased', at: Point) =>
    world.session.send('Input.dispatchMouseEvent', {
      type,
      ...at,
      ...(type === 'mouseMoved' ? {} : { button: 'left', clickCount: 1 }),
    })
  const click = async (at: Point) => {
    await Promise.all([mouse('mouseMoved', at), mouse('mousePressed', at), mouse('mouseReleased', at)])
  }
  return {
    page,
    world,
    async launcher() {
      const box = await page.locator('aside-launcher').boundingBox()
      if (!box) throw new Error('the launcher is not to be seen')
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
    },
    async inPanel(selector, words) {
      const at = await world.run(placeInPanel, { selector, ...(words === undefined ? {} : { words }) })
      if (!at) throw new Error(`not in the panel: ${selector} ${words ?? ''}`)
      return at
    },
    hover: async (at) => {
      await mouse('mouseMoved', at)
    },
    click,
    async wheel(at, deltaY) {
      await world.session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...at, deltaX: 0, deltaY })
    },
    async clickAndTime(at, watched) {
      await world.run(watchPaint, watched)
      await click(at)
      const ms = await world.run(timeOfPaint, undefined)
      if (ms === undefined) throw new Error('the page went away')
      return ms
    },
    async assertScreenful(selector) {
      if (!(await world.run(fills, selector))) throw new Error(`less than a screenful: ${selector}`)
    },
  }
}
