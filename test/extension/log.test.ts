import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { createLog } from '../../lib/extension/log.ts'

const WORDS = { isFunction: () => true, isCode: () => true }
const TARA = '3@moodle.example/school'
const BEN = '6@moodle.example/school'

beforeEach(() => fakeBrowser.reset())

describe('the log of a browser session', () => {
  it('numbers the accounts and does not name them', async () => {
    const log = createLog(WORDS)
    log.note(TARA, { kind: 'round', tookMs: 4 })
    log.note(BEN, { kind: 'trouble', trouble: 'offline' })
    log.note(TARA, { kind: 'trouble', trouble: 'offline' })
    expect((await log.read()).entries.map(({ account }) => account)).toEqual([1, 2, 1])
    expect(await log.numberOf(BEN)).toBe(2)
    expect(await log.numberOf('9@elsewhere.example')).toBe(undefined)
    expect(JSON.stringify(await log.read())).not.toContain('moodle.example')
  })

  it('goes on where a worker that was stopped left it', async () => {
    const first = createLog(WORDS)
    first.note(BEN, { kind: 'trouble', trouble: 'offline' })
    await first.save()
    const second = createLog(WORDS)
    second.note(TARA, { kind: 'step', tookMs: 1 })
    second.note(BEN, { kind: 'trouble', trouble: 'offline' })
    const { entries, errors } = await second.read()
    expect(entries.map(({ kind, account }) => [kind, account])).toEqual([
      ['trouble', 1],
      ['step', 2],
      ['trouble', 1],
    ])
    expect(errors).toEqual({ '1 offline': 2 })
  })

  it('is written by itself', async () => {
    createLog(WORDS).note(undefined, { kind: 'start' })
    const stored = async () => String((await fakeBrowser.storage.session.get('log')).log)
    await expect.poll(stored).toContain('"kind":"start"')
  })
})
