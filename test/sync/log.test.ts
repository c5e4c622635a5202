import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { log } from '../../entrypoints/background/log.ts'
import { createMoodleClient, restTransport, watched } from '../../lib/moodle/index.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

const MARK = 'Zyzzyva'
let simulator: Simulator
let tara: Computer

/** As the worker does it: every request is noted, and everything that sync does. */
async function noting(username: string): Promise<Computer> {
  const computer = await computerOf(simulator, username)
  const { wwwroot } = simulator
  const fetch: typeof globalThis.fetch = (...args) => globalThis.fetch(...args)
  const transport = restTransport({ wwwroot, fetch, wstoken: simulator.tokenOf(username) })
  const moodle = createMoodleClient(
    watched(transport, (facts) => log.note(computer.accountId, { kind: 'request', ...facts })),
  )
  return Object.assign(computer, {
    world: Object.assign(computer.world, {
      note: log.note,
      connect: async () => ({ moodle, way: moodle, lost: async () => undefined }),
    }),
  })
}

beforeEach(async () => {
  fakeBrowser.reset()
  simulator = await startSimulator()
  tara = await noting('teacher1')
})

afterEach(() => simulator.close())

const kindsOf = async () => (await log.read()).entries.map(({ kind }) => kind)

async function send(text: string, change = {}): Promise<void> {
  const to = { id: 5, fullName: `${MARK} Number1` }
  const about = { url: `${simulator.wwwroot}/mod/assign/view.php?id=3`, name: `${MARK} Essay`, courseId: 2 }
  await tara.write(tara.draft(text, { to, about, subject: `${MARK} subject`, ...change }))
  await tara.engine.flush(tara.accountId)
}

/** Everything that must not be said: what people wrote or are called, where, and with which key. */
function secretsOf(): string[] {
  const { hostname, host } = new URL(simulator.wwwroot)
  return [MARK, simulator.tokenOf('teacher1'), hostname, host, 'Number1', 'Teacher', 'Biology', 'http']
}

describe('the log of a whole sync', () => {
  it('tells what was done and nothing of what was said', async () => {
    simulator.say({ from: 'student1', to: 'teacher1', text: `<p>${MARK} from Anna</p>` })
    await tara.engine.catchUp(tara.accountId)
    await tara.engine.round(tara.accountId)
    await send(`${MARK} from Tara`)
    simulator.setMessaging(false)
    await send(`${MARK} not yet`)
    simulator.setMessaging(true)
    await tara.engine.round(tara.accountId)
    await tara.engine.flush(tara.accountId)

    const texts = simulator.messagesBetween('teacher1', 'student1').map(({ text }) => text)
    expect(texts.filter((text) => text.includes(MARK))).toHaveLength(3)
    expect(await kindsOf()).toEqual(
      expect.arrayContaining(['request', 'news', 'round', 'step', 'send', 'trouble']),
    )
    const written = JSON.stringify(await log.read())
    expect(secretsOf().filter((secret) => written.toLowerCase().includes(secret.toLowerCase()))).toEqual([])
  })

  it('counts a quiet round as one request', async () => {
    await tara.engine.catchUp(tara.accountId)
    await tara.engine.round(tara.accountId)
    await tara.engine.round(tara.accountId)
    const { entries } = await log.read()
    const between = entries.slice(
      entries.findLastIndex(({ kind }, i) => kind === 'round' && i < entries.length - 1),
    )
    expect(between.map(({ kind }) => kind)).toEqual(['round', 'request', 'news', 'round'])
  })
})

describe('a site in trouble', () => {
  it('is not taken for well when there was nothing to ask it', async () => {
    await tara.engine.catchUp(tara.accountId)
    simulator.faults.add({ kind: 'status', status: 502 })
    await tara.engine.round(tara.accountId)
    await tara.engine.catchUp(tara.accountId)
    await tara.engine.tellReads(tara.accountId)
    await tara.engine.older(tara.accountId, 'u99')
    expect(await tara.engine.view(tara.accountId)).toMatchObject({ phase: 'waiting' })
    simulator.faults.clear()
    await tara.engine.round(tara.accountId)
    expect(await tara.engine.view(tara.accountId)).toMatchObject({ phase: 'up-to-date' })
  })
})
