import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { stopWorker } from '../e2e/browser.ts'
import { ask } from '../e2e/switch-on.ts'
import { type Figure, figure } from './figures.ts'
import { DIALOGUES } from './school.ts'
import type { Stage } from './stage.ts'
import { PEAK_BUDGET, peakDuring } from './weight.ts'

const ROWS = 12
const LONGEST_MS = 180_000
/** The first sync rests between its steps; this long without a request means that it has ended. */
const QUIET_MS = 3000

/** As before the site was switched on: the worker gone, and its database with it. */
async function forgetEverything(own: Page): Promise<void> {
  await stopWorker(own)
  await own.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const gone = indexedDB.deleteDatabase('aside')
        gone.onsuccess = () => resolve()
        gone.onerror = () => reject(gone.error)
      }),
  )
}

/** Switches on, and says after how many milliseconds there was a screenful to show. */
function timeFirstScreen(own: Page, wwwroot: string): Promise<number> {
  return own.evaluate(
    async ([wwwroot, enough]) => {
      const ask = async (type: string, data: object) =>
        (await chrome.runtime.sendMessage({ id: 1, type, data, timestamp: Date.now() }))?.res
      await ask('prepareSwitchOn', { wwwroot, onlyMe: true })
      const port = chrome.runtime.connect({ name: 'changes' })
      const began = performance.now()
      const painted = new Promise<number>((resolve) => {
        port.onMessage.addListener(async () => {
          const list = await ask('dialogues', { scope: { kind: 'all' }, filter: 'all', limit: 40 })
          if (list?.rows.length >= enough) resolve(performance.now() - began)
        })
      })
      await ask('finishSwitchOn', { wwwroot })
      const ms = await painted
      port.disconnect()
      return ms
    },
    [wwwroot, ROWS] as const,
  )
}

async function readsTheList(own: Page): Promise<boolean> {
  const { sync } = await ask(own, 'dialogues', { scope: { kind: 'all' }, filter: 'all', limit: 1 })
  return sync.phase === 'first-sync'
}

/** Milliseconds from `began` until the last request before a long silence. */
async function timeEnd({ own, simulator }: Stage, began: number): Promise<number> {
  let count = -1
  let last = began
  while (performance.now() - last < QUIET_MS || (await readsTheList(own))) {
    if (performance.now() - began > LONGEST_MS) throw new Error('the first sync does not end')
    const now = simulator.requests.all().length
    if (now !== count) last = performance.now()
    count = now
    await pause(25)
  }
  return last - began
}

export async function measureFirstSync(stage: Stage): Promise<Figure[]> {
  const { own, simulator } = stage
  const screens: number[] = []
  const requests: number[] = []
  let began = 0
  while (screens.length < Math.min(stage.times, 5)) {
    await forgetEverything(own)
    simulator.requests.clear()
    began = performance.now()
    screens.push(await timeFirstScreen(own, simulator.wwwroot))
    requests.push(simulator.requests.all().length)
  }
  const { value: end, peak } = await peakDuring(stage, () => timeEnd(stage, began))
  const name = `first sync of ${DIALOGUES} conversations`
  return [
    figure(`${name}: to the first screenful`, 'ms', screens),
    figure(`${name}: requests to the first screenful`, 'requests', requests),
    figure(`${name}: to the end, one run`, 'ms', [end]),
    figure(`${name}: requests to the end, one run`, 'requests', [simulator.requests.all().length]),
    figure(`${name}: the worker’s heap at its peak`, 'bytes', [peak], PEAK_BUDGET),
  ]
}
