import { type Figure, figure } from './figures.ts'
import { openCourse, type Stage, visitCourse } from './stage.ts'
import { CALLBACKS, LOADING, millisecondsOf, traced } from './trace.ts'

const SCRIPT = 'launcher.js'

export async function measureLauncher(stage: Stage): Promise<Figure[]> {
  const { page, world } = await openCourse(stage)
  const loading: number[] = []
  const whole: number[] = []
  while (loading.length < stage.times) {
    const events = await traced(world.session, () => visitCourse(stage, page))
    const script = millisecondsOf(events, SCRIPT, LOADING)
    if (script === 0) throw new Error('the trace does not name the launcher')
    loading.push(script)
    whole.push(millisecondsOf(events, SCRIPT, CALLBACKS))
  }
  await page.close()
  return [
    figure('launcher on a page: compiling and running the script', 'ms', loading, 3),
    figure('launcher on a page: with all its callbacks', 'ms', whole),
  ]
}
