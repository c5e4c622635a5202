import { rm } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { STUDENT } from '../../lib/dialogue/roster.ts'
import { launch, logIn } from '../e2e/browser.ts'
import { ask, switchOn } from '../e2e/switch-on.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { copyForThisComputer } from './builds.ts'
import { type Figure, figure } from './figures.ts'
import { INSPECTABLE } from './inspector.ts'
import { liveDuring, type PeakStage, peakDuring } from './weight.ts'

const CALL_MS = 20
const CHUNK = 25
const FEW = 1000
/** More than may leave in a day: the first 2,000 do. */
const MANY = 10_000
const DAILY = 2000
const COURSE = 2
const SEND = 'core_message_send_instant_messages'
const TEXT = 'Good to have you here. The first reading is on the course page.'
/** Beyond what was promised for few people, in the worker's heap. */
const FLAT = 1.1
/** Messages sent from one weighing to the next. */
const WEIGHED_EVERY = 200

interface Stage extends PeakStage {
  simulator: Simulator
  own: Page
  accountId: string
  close(): Promise<void>
}

/** A teacher's browser in a course of so many people. */
async function openStage(students: number): Promise<Stage> {
  const simulator = await startSimulator({ students })
  const build = await copyForThisComputer()
  const person = await launch({ build, args: INSPECTABLE })
  await logIn(person, simulator.wwwroot, 'teacher1')
  await person.page(`${simulator.wwwroot}/course/view.php?id=${COURSE}`)
  const own = await switchOn(person, simulator.wwwroot)
  const [account] = await ask(own, 'accounts', undefined as never)
  return {
    simulator,
    person,
    own,
    accountId: account?.id ?? '',
    async close() {
      await person.close()
      await simulator.close()
      for (const folder of [person.profile, build]) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** When each request that sends was answered, by this computer's clock. */
function timesOfSends(simulator: Simulator): number[] {
  const times: number[] = []
  const { add } = simulator.requests
  simulator.requests.add = (entry) => {
    if (entry.functions.includes(SEND)) times.push(Date.now())
    add(entry)
  }
  return times
}

async function previewed({ own, accountId }: Stage): Promise<string> {
  const rule = await ask(own, 'saveRule', {
    accountId,
    courseId: COURSE,
    audience: { kind: 'course', courseId: COURSE, roleIds: [STUDENT] },
    subject: 'Welcome',
    text: TEXT,
    repliesExpected: true,
  })
  if (!('id' in rule)) throw new Error(`not saved: ${rule.kind}`)
  const preview = await ask(own, 'previewRule', { accountId, ruleId: rule.id })
  if (!('willGetIt' in preview)) throw new Error(`no preview: ${preview.kind}`)
  return rule.id
}

/** Runs a rule to its end, or to the day's; says by this computer's clock when everybody of it was accounted for. */
async function runRule({ own, accountId }: Stage, ruleId: string, people: number): Promise<number> {
  await ask(own, 'startRule', { accountId, ruleId })
  return own.evaluate(
    ([accountId, ruleId, people]) =>
      new Promise<number>((resolve) => {
        const port = chrome.runtime.connect({ name: 'changes' })
        port.onMessage.addListener(async (change: { topics: string[] }) => {
          if (!change.topics.includes('rules')) return
          const asked = { id: 1, type: 'rule', data: { accountId, ruleId }, timestamp: Date.now() }
          const { res } = await chrome.runtime.sendMessage(asked)
          const { state, progress } = res
          if (state === 'finished' || progress.counts.delivered >= people) {
            port.disconnect()
            resolve(Date.now())
          }
        })
      }),
    [accountId, ruleId, people] as const,
  )
}

/** When the outbox is empty: nothing is being put away beside what is measured next. */
async function filed({ own }: Stage): Promise<void> {
  await own.evaluate(async () => {
    const opening = indexedDB.open('aside')
    await new Promise((done) => opening.addEventListener('success', done))
    const database = opening.result
    const left = () =>
      new Promise<number>((resolve) => {
        const asked = database.transaction('outbox').objectStore('outbox').count()
        asked.onsuccess = () => resolve(asked.result)
      })
    while ((await left()) > 0) await new Promise((done) => setTimeout(done, 100))
    database.close()
  })
}

/** The same requests with nothing around them, one after the other, from the same browser; milliseconds between first and last. */
async function bareCalls({ own, simulator }: Stage, requests: number, times: number[]): Promise<number> {
  const address = `${simulator.wwwroot}/webservice/rest/server.php`
  const text = `<p>${TEXT}</p><p><a href="${simulator.wwwroot}/course/view.php?id=2#dialogue=k3f9a0qm2xtb">Welcome</a></p>`
  times.length = 0
  await own.evaluate(
    async ([address, wstoken, wsfunction, text, requests, chunk]) => {
      for (let n = 0; n < requests; n++) {
        const body = new URLSearchParams({ wstoken, wsfunction, moodlewsrestformat: 'json' })
        for (let i = 0; i < chunk; i++) {
          body.set(`messages[${i}][touserid]`, String(5 + n * chunk + i))
          body.set(`messages[${i}][text]`, text)
          body.set(`messages[${i}][textformat]`, '1')
        }
        await (await fetch(address, { method: 'POST', body })).json()
      }
    },
    [address, simulator.tokenOf('teacher1'), SEND, text, requests, CHUNK] as const,
  )
  return (times.at(-1) ?? 0) - (times[0] ?? 0)
}

/** Milliseconds from the click on the rule until its table is painted, in the tab for teachers. */
async function openings({ person }: Stage, times: number): Promise<number[]> {
  const page = await person.own('options.html#teachers')
  const samples: number[] = []
  for (let n = 0; n < times; n++) {
    await page.locator('.rules .rule').first().waitFor()
    samples.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const rule = document.querySelector<HTMLElement>('.rules .rule')
            const before = performance.now()
            const seen = new MutationObserver(() => {
              if (document.querySelectorAll('.ledger tbody tr').length < 20) return
              seen.disconnect()
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - before)))
            })
            seen.observe(document.body, { childList: true, subtree: true })
            rule?.click()
          }),
      ),
    )
    await page.getByRole('button', { name: 'All rules' }).click()
  }
  await page.close()
  return samples
}

async function measureFew(isQuick: boolean): Promise<{ figures: Figure[]; peak: number }> {
  const stage = await openStage(FEW)
  try {
    const ruleId = await previewed(stage)
    const times = timesOfSends(stage.simulator)
    stage.simulator.faults.add({ kind: 'latency', ms: CALL_MS })
    const { value: end, peak } = await peakDuring(stage, () => runRule(stage, ruleId, FEW))
    const sends = times.length
    const took = end - (times[0] ?? end)
    await filed(stage)
    const bare = await bareCalls(stage, FEW / CHUNK, times)
    stage.simulator.faults.clear()
    const shown = await openings(stage, isQuick ? 3 : 10)
    return {
      peak,
      figures: [
        figure('a rule to 1,000 people: requests that send', 'requests', [sends], FEW / CHUNK),
        figure('a rule to 1,000 people: from the first answer until all are accounted for', 'ms', [took]),
        figure('the same requests with nothing around them', 'ms', [bare]),
        figure('a rule beside the bare requests', 'percent', [(100 * took) / bare], 110),
        figure('click on a rule to the first screenful of its 1,000 people', 'ms', shown, 100),
      ],
    }
  } finally {
    await stage.close()
  }
}

/** A rule to so many, from its start until what leaves on one day has left. */
async function heapOf(
  people: number,
  weigh: (stage: Stage, run: () => Promise<number>, times: number[]) => Promise<number>,
): Promise<number> {
  const stage = await openStage(people)
  try {
    const ruleId = await previewed(stage)
    const times = timesOfSends(stage.simulator)
    return await weigh(stage, () => runRule(stage, ruleId, Math.min(people, DAILY)), times)
  } finally {
    await stage.close()
  }
}

const peakOf = (people: number) => heapOf(people, async (stage, run) => (await peakDuring(stage, run)).peak)

const liveOf = (people: number) =>
  heapOf(people, (stage, run, times) =>
    liveDuring(stage, { sent: () => times.length * CHUNK, every: WEIGHED_EVERY }, run),
  )

/** What sending to many costs beside the sending itself, and whether it grows with how many they are. */
export async function measureRules(isQuick: boolean): Promise<Figure[]> {
  const { figures, peak } = await measureFew(isQuick)
  const few = await liveOf(FEW)
  const ofFew = [
    figure('a rule to 1,000 people: the worker’s heap at most', 'bytes', [peak]),
    figure('a rule to 1,000 people: of that, what is in use', 'bytes', [few]),
  ]
  if (isQuick) return [...figures, ...ofFew]
  return [
    ...figures,
    ...ofFew,
    figure('a rule to 10,000 people: the worker’s heap at most', 'bytes', [await peakOf(MANY)]),
    figure('a rule to 10,000 people: of that, what is in use', 'bytes', [await liveOf(MANY)], few * FLAT),
  ]
}

declare const chrome: {
  runtime: {
    sendMessage(
      message: object,
    ): Promise<{ res: { state: string; progress: { counts: { delivered: number } } } }>
    connect(info: { name: string }): {
      onMessage: { addListener(heard: (change: { topics: string[] }) => void): void }
      disconnect(): void
    }
  }
}
