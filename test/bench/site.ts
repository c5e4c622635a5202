import { readFile } from 'node:fs/promises'
import { launch, logIn } from '../e2e/browser.ts'
import { switchOn } from '../e2e/switch-on.ts'
import { copyForThisComputer } from './builds.ts'
import { type Figure, figure, median } from './figures.ts'
import { repeated } from './opening.ts'
import { openCourse, rest, type Stage, visitCourse } from './stage.ts'

interface Config {
  wwwroot: string
  accounts: { teacher: { username: string; password: string } }
  courseId: number
}

const ROW = '.panel:not([hidden]) .rows-item .row'
const TOGGLE = '[data-region="popover-region-messages"] a, [id^="message-drawer-toggle"]'
const CONVERSATION =
  '[data-region="message-drawer"] [data-conversation-id], .message-app [data-conversation-id]'

/** As the panel is timed: from the click until the frame with the first conversation has been painted. */
function watchDrawer({ until }: { until: string }): void {
  globalThis.asidePainted = new Promise((resolve, reject) => {
    let began: number | undefined
    setTimeout(() => reject(new Error(`never painted: ${until}`)), 8000)
    const isSeen = (element: Element) => element.getClientRects().length > 0
    const observer = new MutationObserver(look)
    function look(): void {
      if (began === undefined || ![...document.querySelectorAll(until)].some(isSeen)) return
      observer.disconnect()
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - (began ?? Number.NaN))
        port2.postMessage(undefined)
      })
    }
    const start = ({ timeStamp }: Event) => {
      began ??= timeStamp
      observer.observe(document.documentElement, { subtree: true, childList: true, attributes: true })
      look()
    }
    addEventListener('click', start, { capture: true, once: true })
  })
}

/** The panel and the site’s own message drawer, each opened for the first time on a page of a running Moodle. */
export async function measureSite(file: string, times: number): Promise<Figure[]> {
  const config: Config = JSON.parse(await readFile(file, 'utf8'))
  const { wwwroot, accounts, courseId } = config
  const person = await launch({ build: await copyForThisComputer() })
  try {
    await logIn(person, wwwroot, accounts.teacher.username, accounts.teacher.password)
    const course = `${wwwroot}/course/view.php?id=${courseId}`
    const page = await person.page(course)
    const own = await switchOn(person, wwwroot)
    await page.close()
    const stage = { person, own, course, times } as Stage
    const at = await openCourse(stage)
    const panel = await repeated(times, async () => {
      await visitCourse(stage, at.page)
      return at.clickAndTime(await at.launcher(), { until: ROW, from: 'pointerover' })
    })
    const drawer = await repeated(times, async () => {
      await visitCourse(stage, at.page)
      await at.world.run(watchDrawer, { until: CONVERSATION })
      await at.page.locator(TOGGLE).first().click()
      const ms = await at.world.run(() => globalThis.asidePainted, undefined)
      await rest()
      return ms ?? Number.NaN
    })
    return [
      figure('on a running Moodle: first open of the panel, pointer and click at once', 'ms', panel),
      figure('on a running Moodle: first open of its own message drawer', 'ms', drawer),
      figure('on a running Moodle: the panel’s time, of the drawer’s 100', 'percent', [
        (median(panel) / median(drawer)) * 100,
      ]),
    ]
  } finally {
    await person.close()
  }
}
