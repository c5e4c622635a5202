import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { violationsIn } from './axe.ts'
import { stopWorker } from './browser.ts'
import {
  beginDialogue,
  type Classroom,
  openClassroom,
  openDialogue,
  openPanel,
  panelOf,
  showAll,
} from './classroom.ts'
import { ask } from './switch-on.ts'

declare const chrome: { storage: { session: { get(keys: string[]): Promise<Record<string, unknown>> } } }

const MARK = 'Zyzzyva'
let room: Classroom

beforeEach(async () => {
  room = await openClassroom()
  await ask(room.own, 'saveSettings', { undoSeconds: 0 })
})

afterEach(() => room.close())

const logOf = async (own: Page) => (await ask(own, 'diagnostics', undefined as never)).log
const phaseOf = async (own: Page) =>
  (await ask(own, 'diagnostics', undefined as never)).accounts[0]?.sync.phase
const storedLog = (own: Page) =>
  own.evaluate(async () => String((await chrome.storage.session.get(['log'])).log))

const failedRounds = (log: Awaited<ReturnType<typeof logOf>>) =>
  log.filter((entry) => entry.kind === 'round' && entry.trouble === 'unreachable')

const sent = () => room.simulator.messagesBetween('teacher1', 'student3').map(({ text }) => text)

async function openDiagnostics(): Promise<Page> {
  const options = await room.teacher.own('options.html#diagnostics')
  await options.getByRole('article').getByRole('table', { name: 'Last looks' }).waitFor()
  return options
}

describe('diagnostics', () => {
  it('show what the worker did and copy it, without a word of what was said', async () => {
    const { page, own, simulator, teacher } = room
    const [session] = simulator.sessionsOf('teacher1')
    const sesskey = session?.sesskey ?? ''
    expect(sesskey).not.toBe('')
    await openPanel(page)
    await beginDialogue(page, 'Number3', `${MARK} subject`, `${MARK} words`)
    await expect.poll(() => sent().length).toBe(1)
    simulator.say({ from: 'student2', to: 'teacher1', text: `<p>${MARK} back</p>` })
    await expect
      .poll(async () => {
        await ask(own, 'refresh', {})
        return (await logOf(own)).some((entry) => entry.kind === 'round' && entry.conversations === 1)
      })
      .toBe(true)

    const options = await openDiagnostics()
    const report = options.getByRole('article')
    await report.getByText('Your login in this browser').waitFor()
    await report
      .getByText(/^News in 1 conversation$/)
      .first()
      .waitFor()
    expect(await violationsIn(options, ['#tab-page'])).toEqual([])

    await teacher.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await options.getByRole('button', { name: 'Copy as JSON' }).click()
    await options.getByText('Copied', { exact: true }).waitFor()
    const copy = await options.evaluate(() => navigator.clipboard.readText())
    expect(JSON.parse(copy).accounts[0]).toMatchObject({ number: 1, transport: 'session', failures: 0 })
    await expect.poll(() => storedLog(own)).toContain('"send"')
    const written = (copy + (await storedLog(own))).toLowerCase()
    const secrets = [
      MARK,
      sesskey,
      new URL(simulator.wwwroot).host,
      'number3',
      'tara',
      'teacher',
      'biology',
      'http',
    ]
    expect(secrets.filter((secret) => written.includes(secret.toLowerCase()))).toEqual([])
  })

  it('go on after the worker was stopped', async () => {
    const { own } = room
    await expect.poll(() => storedLog(own)).toContain('"round"')
    await stopWorker(own)
    const kinds = (await logOf(own)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'start').length).toBeGreaterThan(1)
    expect(kinds).toContain('round')
  })
})

describe('a site that does not answer', () => {
  it('is said with the time of the next look, and asked at once on a press', async () => {
    const { page, own, simulator } = room
    await openPanel(page)
    await showAll(page)
    await openDialogue(page, 'Student Number1')
    await expect.poll(() => phaseOf(own)).toBe('up-to-date')
    simulator.faults.add({ kind: 'status', status: 502, match: { path: /service\.php/ } })
    await ask(own, 'refresh', {})
    const bar = panelOf(page).locator('.thread-pane .bar')
    await bar.getByText(/^Waiting until \d+:\d\d/).waitFor()
    for (const rounds of [2, 3]) {
      await ask(own, 'refresh', {})
      await expect.poll(async () => failedRounds(await logOf(own)).length).toBeGreaterThanOrEqual(rounds)
    }
    const log = await logOf(own)
    const [second, third] = failedRounds(log).slice(-2)
    const between = log.filter(
      ({ timeMs }) => timeMs > (second?.timeMs ?? 0) && timeMs < (third?.timeMs ?? 0),
    )
    expect(between.map(({ kind }) => kind)).not.toContain('trouble')
    simulator.faults.clear()
    await bar.getByRole('button', { name: 'Try now' }).click()
    await bar.waitFor({ state: 'detached' })
  })
})
