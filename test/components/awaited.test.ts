import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createConnection, type Line } from '../../components/models/connection.ts'
import { createDeskModel } from '../../components/models/desk.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { ANNA, account, refTo, thread } from '../example.ts'
import { createFakeWorker } from './fake-worker.ts'
import { speak } from './words.ts'

beforeEach(() => speak())

/** A desk whose worker answers with a dialogue when it is let. */
function slowDesk() {
  const { line, world } = createFakeWorker()
  world.put(thread())
  const waiting: (() => void)[] = []
  const ask = (async (name, ...data) => {
    if (name === 'thread') await new Promise<void>((go) => waiting.push(go))
    return line.ask(name, ...data)
  }) as Line['ask']
  const hello = { version: 1, settings: DEFAULT_SETTINGS, account: account() }
  const desk = createDeskModel(createConnection({ ...line, ask }), { hello })
  return { desk, answer: () => waiting.splice(0).forEach((go) => void go()) }
}

describe('a dialogue that was chosen', () => {
  it('takes the place of the list when it can be read', async () => {
    const { desk, answer } = slowDesk()
    desk.open(refTo(ANNA), true)
    expect(desk.route.value.level).toBe('dialogue')
    expect(desk.shown.value).toBe('list')
    answer()
    await vi.waitFor(() => expect(desk.shown.value).toBe('dialogue'))
  })

  it('says that it is awaited when it takes long', async () => {
    const { desk } = slowDesk()
    desk.open(refTo(ANNA), true)
    await vi.waitFor(() => expect(desk.shown.value).toBe('dialogue'))
    const { route } = desk
    expect(route.value.level === 'dialogue' && route.value.answer.thread.view.value).toBeUndefined()
  })

  it('is left before it came, and the list is still there', async () => {
    const { desk, answer } = slowDesk()
    desk.open(refTo(ANNA), true)
    desk.back()
    answer()
    expect(desk.shown.value).toBe('list')
  })
})
