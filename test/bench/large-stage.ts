import { rm } from 'node:fs/promises'
import { launch, logIn, stopWorker } from '../e2e/browser.ts'
import { switchOn } from '../e2e/switch-on.ts'
import { copyForThisComputer } from './builds.ts'
import { bundled } from './bundle.ts'
import type { InPage } from './in-page.ts'
import { INSPECTABLE } from './inspector.ts'
import { type LargeSchool, packagesOf, startLargeSchool } from './large-school.ts'
import type { Stage } from './stage.ts'

/** A browser whose store is filled by the store's own code, as far as a measurement wants it. */
export interface LargeStage extends Stage {
  large: LargeSchool
  /** Conversations that are held. */
  held: number
  /** Until so many conversations are held and indexed; the worker is stopped meanwhile. */
  fill(conversations: number): Promise<Filled>
  /** Runs in a page of the extension's own, beside the store's code. */
  inPage<T>(work: (bench: InPage) => Promise<T>): Promise<T>
}

export interface Filled {
  messages: number
  indexed: { ms: number; longestMs: number; messages: number }
  usage: number
}

const AT_ONCE = 100

declare const chrome: { alarms: { clearAll(): Promise<boolean> } }

export async function openLargeStage(conversations: number, times: number): Promise<LargeStage> {
  const large = await startLargeSchool(conversations)
  const { simulator } = large
  const build = await copyForThisComputer()
  const person = await launch({ build, args: INSPECTABLE })
  await logIn(person, simulator.wwwroot, 'teacher1')
  const course = `${simulator.wwwroot}/course/view.php?id=2`
  const page = await person.page(course)
  const own = await switchOn(person, simulator.wwwroot)
  await page.close()
  const code = await bundled('in-page.ts')
  const inPage = <T>(work: (bench: InPage) => Promise<T>): Promise<T> =>
    own.evaluate(`(${work})(globalThis.asideBench)`) as Promise<T>
  await own.evaluate(code)

  /** Asleep until a screen asks something: no alarm rings, and the next round is far. */
  async function putToRest(): Promise<void> {
    await own.evaluate(() => chrome.alarms.clearAll())
    await stopWorker(own)
    await inPage((bench) => bench.rest())
  }

  const stage: LargeStage = {
    ...{ times, simulator, person, own, course, large, inPage },
    held: 0,
    async fill(wanted) {
      await putToRest()
      for (; stage.held < wanted; stage.held = Math.min(wanted, stage.held + AT_ONCE)) {
        const first = stage.held + 1
        const packages = packagesOf(large, first, Math.min(wanted, stage.held + AT_ONCE) + 1)
        await own.evaluate((packages) => globalThis.asideBench?.seed(packages), packages)
      }
      const indexed = await inPage((bench) => bench.index())
      const { messages, usage } = await inPage((bench) => bench.size())
      await putToRest()
      return { messages, indexed, usage }
    },
    async close() {
      await person.close()
      await simulator.close()
      for (const folder of [person.profile, build]) await rm(folder, { recursive: true, force: true })
    },
  }
  return stage
}
