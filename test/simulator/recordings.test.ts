import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { handlers } from '../moodle-simulator/functions/index.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { createClock } from '../moodle-simulator/time.ts'
import { differences } from './shape.ts'
import { type Answered, ajax, type Call, rest, type SessionKeys } from './talk.ts'

type Line = {
  as?: string
  label?: string
  transport?: string
  function?: string
  args?: object
  calls?: Call[]
  status: number
  type?: string
  response: unknown
}

const RECORDED_AT = 'http://127.0.0.1:8045'
const RECORDED_FROM = 1795293319
const earlierNote = { userid: 3, publishstate: 'course', courseid: 2, text: 'rule {"a":1}' }
const file = new URL('../recordings/moodle-4.5.6.jsonl', import.meta.url)
const lines = readFileSync(file, 'utf8').trim().split('\n')
const recorded = lines.map((line) => JSON.parse(line) as Line)

const functionsOf = (line: Line): string[] => (line.calls ?? [line]).flatMap((call) => call.function ?? [])
const replayable = recorded
  .map((line, at) => ({ line, at }))
  .filter(({ line }) => line.transport === 'rest' || line.transport === 'ajax')

let simulator: Simulator
const sessions = new Map<string, SessionKeys>()

beforeAll(async () => {
  const clock = createClock()
  clock.set(RECORDED_FROM)
  simulator = await startSimulator({ clock })
  await rest(simulator, 'teacher1', 'core_notes_create_notes', { notes: [earlierNote] })
})
afterAll(() => simulator.close())

function session(who: string): SessionKeys {
  const held = sessions.get(who) ?? simulator.login(who)
  sessions.set(who, held)
  return held
}

/** What the administrator had done before these lines were recorded. */
const prepared: Record<string, (on: boolean) => void> = {
  'messaging disabled by the site': (on) => simulator.setMessaging(!on),
  'maintenance mode': (on) => simulator.setMaintenance(on),
  'web services disabled': (on) => simulator.setWebServices(!on),
  'password change forced': (on) => simulator.forcePasswordChange('teacher1', on),
  'developer debug shown': (on) => simulator.setDebug(on),
  'site policy not agreed': (on) => simulator.requirePolicy(on),
  'account suspended': (on) => simulator.suspend('teacher1', on),
}

function keysFor(line: Line): SessionKeys {
  const keys = session(line.as ?? 'teacher1')
  if (line.label === 'wrong sesskey') return { ...keys, sesskey: 'wrong' }
  if (line.label === 'no session' || line.label === 'after logging out')
    return { cookie: '', sesskey: keys.sesskey }
  return keys
}

/** Addresses also stand in JSON inside of strings, with PHP's escaped slashes. */
function here<T>(value: T): T {
  const escaped = (text: string) => text.replaceAll('/', String.raw`\\/`)
  const text = JSON.stringify(value).replaceAll(RECORDED_AT, simulator.wwwroot)
  return JSON.parse(text.replaceAll(escaped(RECORDED_AT), escaped(simulator.wwwroot)))
}

async function replay(line: Line): Promise<Answered> {
  const asked = here(line)
  if (asked.transport === 'ajax') {
    const broken = asked.label === 'broken json body' ? { body: '{not json' } : {}
    return ajax(simulator, keysFor(asked), asked.calls ?? [], broken)
  }
  const bad = asked.label === 'bad token' || asked.label?.startsWith('token "')
  return rest(simulator, bad ? { token: 'none' } : (asked.as ?? 'teacher1'), asked.function ?? '', asked.args)
}

describe('every recorded call, asked of the simulator in the same order', () => {
  test.each(
    replayable.map(
      ({ line, at }) => [at + 1, functionsOf(line).join(' + '), line.label ?? '', line] as const,
    ),
  )('line %i: %s %s', async (_at, _name, label, line) => {
    prepared[label]?.(true)
    const got = await replay(line)
    prepared[label]?.(false)
    const there = here(line.response)
    expect(got.status).toBe(line.status)
    if (line.type) expect(got.type).toBe(line.type)
    if (line.status !== 200) return expect(got.text).toBe('')
    return expect(differences(there, got.body)).toEqual([])
  })

  test('leaves no recorded function out', () => {
    const unanswerable = new Set(['core_no_such_function', 'core_user_create_users'])
    const names = new Set(
      replayable.flatMap(({ line }) => functionsOf(line)).filter((name) => !unanswerable.has(name)),
    )
    expect([...names].filter((name) => !(name in handlers))).toEqual([])
  })
})
