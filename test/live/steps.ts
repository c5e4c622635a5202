import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const PATIENCE_MS = 30_000
const PAUSE_MS = 300

/** What went well and what did not, one line each. */
export function createSteps(screenshots: string | undefined) {
  const counts = { passed: 0, failed: 0 }
  return {
    counts,
    async step(what: string, work: () => Promise<unknown>): Promise<void> {
      const began = Date.now()
      try {
        await work()
        counts.passed++
        console.log(`✓ ${what} (${Date.now() - began} ms)`)
      } catch (error) {
        counts.failed++
        console.log(`✗ ${what}: ${error instanceof Error ? error.message.split('\n')[0] : error}`)
      }
    },
    async picture(page: Page, name: string): Promise<void> {
      if (!screenshots) return
      mkdirSync(screenshots, { recursive: true })
      await page.screenshot({ path: join(screenshots, `${name}.png`) })
    },
  }
}

export type Steps = ReturnType<typeof createSteps>

export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    if (await isSo()) return
    await new Promise((done) => setTimeout(done, PAUSE_MS))
  }
  throw new Error(`not within ${PATIENCE_MS / 1000} seconds: ${what}`)
}

/** A fresh site shows newcomers round; the tour's veil would take the first click. */
export async function endTours(page: Page): Promise<void> {
  const end = page.locator('[data-flexitour="container"] [data-role="end"]').first()
  await page.addLocatorHandler(end, () => end.click())
}
