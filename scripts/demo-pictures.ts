import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { Person } from '../test/e2e/browser.ts'
import type { Simulator } from '../test/moodle-simulator/index.ts'

/** The panel's shadow root is closed here as it is for everybody, so what it shows is steered by keyboard and pointer. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.waitForTimeout(600)
}

/** The pictures of README and docs, and what `--screenshots` gives. */
export async function takePictures(teacher: Person, simulator: Simulator, folder: string): Promise<void> {
  const course = teacher.context.pages().find((page) => page.url().includes('/course/view.php'))
  if (!course) throw new Error('no course page is open')
  const shot = async (page: Page, name: string) => {
    await settled(page)
    await page.screenshot({ path: join(folder, `${name}.png`) })
    console.log(join(folder, `${name}.png`))
  }
  await shot(course, 'list')
  await course.mouse.click(1080, 250)
  await shot(course, 'dialogue')
  const essay = await teacher.page(`${simulator.wwwroot}/mod/assign/view.php?id=3`)
  await essay.locator('aside-launcher').click()
  await shot(essay, 'activity')
  for (const name of ['inbox', 'options', 'popup']) {
    const own = await teacher.own(`${name}.html`)
    if (name === 'popup') await own.setViewportSize({ width: 360, height: 560 })
    await shot(own, name)
  }
}
