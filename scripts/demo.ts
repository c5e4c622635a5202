import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { launch, logIn, type Person } from '../test/e2e/browser.ts'
import { switchOn } from '../test/e2e/switch-on.ts'
import { type Simulator, startSimulator } from '../test/moodle-simulator/index.ts'
import { takePictures } from './demo-pictures.ts'
import { fillSchool } from './demo-school.ts'

const { values } = parseArgs({
  options: {
    as: { type: 'string', default: 'teacher' },
    site: { type: 'string' },
    headless: { type: 'boolean', default: false },
    screenshots: { type: 'string' },
  },
})

const BUILD = join('.output', 'chrome-mv3-demo')

function build(): void {
  const { status } = spawnSync(join('node_modules', '.bin', 'wxt'), ['build', '--mode', 'demo'], {
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

const TRY = `
Try this:
  · the panel beside the course: open a dialogue, answer it, undo within five seconds
  · "New": type Ben, a subject, a few words, send; an answer comes after a few seconds
  · watch the number on Aside's icon in the toolbar and in Moodle's navigation bar
  · write half a sentence and close the window: the draft is there when you come back
  · "Essay 1" in the course: the panel says what the page is about
People: teacher1, student1 … student60; everybody's password is Pass.1234
Close the windows to end.`

async function onSimulator(): Promise<void> {
  const simulator = await startSimulator()
  fillSchool(simulator)
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
    console.log(`\nThe demo school stands at ${simulator.wwwroot}${TRY}`)
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
