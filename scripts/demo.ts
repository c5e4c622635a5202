import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launch, logIn, type Person } from '../test/e2e/browser.ts'
import { switchOn } from '../test/e2e/switch-on.ts'
import { type Simulator, startSimulator } from '../test/moodle-simulator/index.ts'
import { takePictures } from './demo-pictures.ts'
import { fillDemo } from './demo-school.ts'

const { values } = parseArgs({
  options: {
    as: { type: 'string', default: 'teacher' },
    site: { type: 'string' },
    headless: { type: 'boolean', default: false },
    screenshots: { type: 'string' },
  },
})

/** Pictures are steered by what stands in the panel, whose root is open in this one build. */
const MODE = values.screenshots ? 'e2e' : 'demo'
const BUILD = join('.output', `chrome-mv3-${MODE}`)

function build(): void {
  const { status } = spawnSync(join('node_modules', '.bin', 'wxt'), ['build', '--mode', MODE], {
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('The extension could not be built; the lines above say why.')
}

function needsScreen(): void {
  const hasScreen = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  if (!values.headless && !hasScreen)
    throw new Error('No screen here. Try: npm run demo -- --headless --screenshots pictures')
}

async function open(simulator: Simulator, username: string, path: string): Promise<Person> {
  const person = await launch({ build: BUILD, headless: values.headless })
  await logIn(person, simulator.wwwroot, username)
  const page = await person.page(simulator.wwwroot + path)
  await (await switchOn(person, simulator.wwwroot)).close()
  await page.bringToFront()
  await page.locator('aside-launcher').click()
  return person
}

const closed = (person: Person) => new Promise((done) => person.context.once('close', done))

async function onRealSite(site: string): Promise<void> {
  const person = await launch({ build: BUILD, headless: values.headless })
  await person.page(site)
  console.log(
    `\nLog in, then click on Aside in the toolbar and choose "Turn on for this site". Close the window to end.`,
  )
  await closed(person)
}

const tryThis = (wwwroot: string) => `
One minute, in the teacher's window:
  1 The panel beside the course: open "Essay 1: your sources", answer, undo within five seconds.
  2 ⋯ at its top, "Close for both…", then "Reopen" where the answer box was. "Your place in the lab" is closed already.
  3 "New": type Ben; or choose Group A, and ten people get a private copy each. Send: answers come after a few seconds,
    and one row in the list says how many; it unfolds.
  4 ${wwwroot}/mod/forum/discuss.php?d=1
    "Answer privately" below the post takes its words and its page along. "Essay 1" and its grader offer the same.
  5 The teacher's desk: Aside's icon in the toolbar, the cog, "For teachers", "New rule": a welcome for the course,
    shown as each will read it before anything leaves, then who got it and who has answered.
Half a sentence and a closed window: the draft is there when you come back.
People: teacher1, student1 … student60; everybody's password is Pass.1234
Close the windows to end.`

async function onSimulator(): Promise<void> {
  const simulator = await startSimulator()
  fillDemo(simulator)
  simulator.autoAnswer({
    afterMs: 4000,
    texts: ['Thank you, I will look at it today.', 'I see. Which chapter do you mean?'],
  })
  try {
    const teacher =
      values.as === 'student' ? undefined : await open(simulator, 'teacher1', '/course/view.php?id=2')
    const student = values.screenshots
      ? undefined
      : await open(simulator, 'student1', '/course/view.php?id=2')
    console.log(`\nThe demo school stands at ${simulator.wwwroot}${tryThis(simulator.wwwroot)}`)
    if (values.screenshots && teacher) {
      mkdirSync(values.screenshots, { recursive: true })
      await takePictures(teacher, simulator, values.screenshots)
      await teacher.close()
    } else await Promise.all([teacher, student].filter((person) => person !== undefined).map(closed))
  } finally {
    await simulator.close()
  }
}

needsScreen()
build()
await (values.site ? onRealSite(values.site) : onSimulator())
