import { type Figure, figure } from './figures.ts'
import { ownWorld } from './own-world.ts'
import { LONG_DISCUSSION, POSTS } from './school.ts'
import { rest, type Stage } from './stage.ts'
import { CALLBACKS, millisecondsOf, traced } from './trace.ts'

const SCRIPT = 'actions.js'

/** All that the page's actions do of themselves on a long forum page: found, asked about, drawn. */
export async function measureActions(stage: Stage): Promise<Figure[]> {
  const page = await stage.person.context.newPage()
  const { session } = await ownWorld(page, stage.person.extensionId)
  const samples: number[] = []
  const worked: number[] = []
  const visit = async () => {
    await page.goto(`${stage.simulator.wwwroot}/mod/forum/discuss.php?d=${LONG_DISCUSSION}`)
    await page.bringToFront()
    await page.locator('aside-action').first().waitFor({ state: 'attached' })
    await rest()
  }
  await visit()
  while (samples.length < stage.times) {
    const events = await traced(session, visit)
    const ms = millisecondsOf(events, SCRIPT, CALLBACKS)
    if (ms === 0) throw new Error('the trace does not name the actions')
    samples.push(ms)
    worked.push(millisecondsOf(events, SCRIPT, CALLBACKS, 'tdur'))
  }
  await page.close()
  const name = `actions on a forum page with ${POSTS} posts: all of their script`
  return [figure(name, 'ms', samples, 3), figure(`${name}, processor time`, 'ms', worked)]
}
