import { rm } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { STUDENT } from '../../lib/dialogue/roster.ts'
import { launch, logIn } from '../e2e/browser.ts'
import { ask, switchOn } from '../e2e/switch-on.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { copyForThisComputer } from './builds.ts'
import { INSPECTABLE } from './inspector.ts'
import type { PeakStage } from './weight.ts'

/** As many as leave in one request. */
export const CHUNK = 25
const COURSE = 2
const SEND = 'core_message_send_instant_messages'
const TEXT = 'Good to have you here. The first reading is on the course page.'

export interface Stage extends PeakStage {
  simulator: Simulator
  own: Page
  accountId: string
  close(): Promise<void>
}

/** A teacher's browser in a course of so many people. */
export async function openStage(students: number): Promise<Stage> {
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
export function timesOfSends(simulator: Simulator): number[] {
  const times: number[] = []
  const { add } = simulator.requests
  simulator.requests.add = (entry) => {
    if (entry.functions.includes(SEND)) times.push(Date.now())
    add(entry)
  }
  return times
}

export async function previewed({ own, accountId }: Stage): Promise<string> {
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
export async function runRule({ own, accountId }: Stage, ruleId: string, people: number): Promise<number> {
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
export async function filed({ own }: Stage): Promise<void> {
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
export async function bareCalls(
  { own, simulator }: Stage,
  requests: number,
  times: number[],
): Promise<number> {
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
