import { describe, expect, it } from 'vitest'
import {
  isDue,
  type OpenRule,
  type RuleEvent,
  type RuleState,
  stepRule,
  takesIn,
} from '../../lib/dialogue/open-rule.ts'
import { type RulePerson, type Standing, stepPerson } from '../../lib/dialogue/rule-person.ts'

const NOW_MS = 1_790_000_000_000
const NOW = NOW_MS / 1000

const rule = (state: RuleState, change: Partial<OpenRule> = {}): OpenRule => ({
  accountId: '3@moodle.example',
  id: 'k3f9a0qm2xtb',
  secret: 'p7d2w8zr41chp7d2w8zr41ch',
  audience: { kind: 'course', courseId: 2 },
  subject: 'Welcome',
  text: 'Hello',
  repliesExpected: true,
  timeCreated: NOW,
  timeChanged: NOW,
  state,
  ...change,
})

const EVENTS: Record<RuleEvent['kind'], RuleEvent> = {
  start: { kind: 'start', nowMs: NOW_MS, notBeforeMs: NOW_MS + 10_000 },
  'take-back': { kind: 'take-back' },
  pause: { kind: 'pause' },
  resume: { kind: 'resume' },
  cancel: { kind: 'cancel' },
  'send-now': { kind: 'send-now' },
  'caught-up': { kind: 'caught-up' },
  'all-done': { kind: 'all-done' },
  'try-again': { kind: 'try-again' },
  edit: { kind: 'edit' },
}

const ARROWS: [RuleState, RuleEvent['kind'], RuleState][] = [
  ['draft', 'start', 'active'],
  ['active', 'take-back', 'draft'],
  ['active', 'pause', 'paused'],
  ['active', 'send-now', 'active'],
  ['active', 'all-done', 'finished'],
  ['active', 'cancel', 'cancelled'],
  ['paused', 'resume', 'active'],
  ['paused', 'start', 'active'],
  ['paused', 'cancel', 'cancelled'],
  ['finished', 'try-again', 'active'],
  ['finished', 'edit', 'paused'],
]

describe('a rule', () => {
  it.each(ARROWS)('%s, %s: %s', (from, event, to) => {
    expect(stepRule(rule(from), EVENTS[event])).toMatchObject({ state: to })
  })

  it('has no other arrows', () => {
    const states: RuleState[] = ['draft', 'active', 'paused', 'finished', 'cancelled']
    const all = states.flatMap((state) => Object.values(EVENTS).map((event) => [state, event] as const))
    const drawn = all.filter(([state, event]) => stepRule(rule(state), event) !== undefined)
    expect(drawn).toHaveLength(ARROWS.length)
  })

  it('is no draft again once something may have left', () => {
    expect(stepRule(rule('active', { timeFirstRun: NOW }), EVENTS['take-back'])).toBeUndefined()
  })

  it('is due after its undo window and not before its time', () => {
    const started = stepRule(rule('draft', { timeNotBefore: NOW + 3600 }), EVENTS.start)
    if (!started) throw new Error('not started')
    expect(isDue(started, NOW_MS + 5000, NOW + 3600)).toBe(false)
    expect(isDue(started, NOW_MS + 10_000, NOW + 3599)).toBe(false)
    expect(isDue(started, NOW_MS + 10_000, NOW + 3600)).toBe(true)
  })

  it('does not wait for days when this computer’s clock was put back', () => {
    const started = stepRule(rule('draft'), EVENTS.start)
    expect(started && isDue(started, NOW_MS - 86_400_000, NOW)).toBe(true)
  })

  it('leaves at once where the person says so, until everybody whose turn it is has been written to', () => {
    const now = stepRule(rule('active', { timeNotBefore: NOW + 3600 }), EVENTS['send-now'])
    expect(now).toMatchObject({ state: 'active', evenInQuietHours: true })
    expect(now && isDue(now, NOW_MS, NOW)).toBe(true)
    const after = now && stepRule(now, EVENTS['caught-up'])
    expect(after).toMatchObject({ state: 'active' })
    expect(after).not.toHaveProperty('evenInQuietHours')
  })

  it('that was paused meanwhile keeps to quiet hours again', () => {
    const now = stepRule(rule('active'), EVENTS['send-now'])
    expect(now && stepRule(now, EVENTS.pause)).not.toHaveProperty('evenInQuietHours')
  })

  it('takes in people once, or until its cut-off', () => {
    expect(takesIn(rule('active'), NOW)).toBe(true)
    expect(takesIn(rule('active', { timeRoster: NOW }), NOW)).toBe(false)
    const future = { timeRoster: NOW, future: { timeCutOff: NOW + 10 } }
    expect(takesIn(rule('active', future), NOW + 9)).toBe(true)
    expect(takesIn(rule('active', future), NOW + 10)).toBe(false)
    expect(takesIn(rule('active', { timeRoster: NOW, future: {} }), NOW + 1e9)).toBe(true)
  })
})

describe('a person of a rule', () => {
  const person = (standing: Standing): RulePerson => ({
    accountId: '3@moodle.example',
    ruleId: 'k3f9a0qm2xtb',
    userId: 5,
    standing,
    reason: 'left',
  })
  const arrows: [Standing, Standing][] = [
    ['not-attempted', 'waiting'],
    ['not-attempted', 'delivered'],
    ['not-attempted', 'unknown'],
    ['not-attempted', 'refused'],
    ['not-attempted', 'dropped'],
    ['waiting', 'not-attempted'],
    ['waiting', 'delivered'],
    ['waiting', 'refused'],
    ['waiting', 'unknown'],
    ['waiting', 'dropped'],
    ['unknown', 'delivered'],
    ['unknown', 'waiting'],
    ['unknown', 'not-attempted'],
    ['refused', 'not-attempted'],
    ['dropped', 'not-attempted'],
  ]

  it.each(arrows)('%s: %s', (from, to) => {
    const moved = stepPerson(person(from), to)
    expect(moved).toMatchObject({ standing: to })
    expect(moved).not.toHaveProperty('reason')
  })

  it('has no other arrows, and none out of delivered', () => {
    const all: Standing[] = ['not-attempted', 'waiting', 'delivered', 'refused', 'unknown', 'dropped']
    const drawn = all.flatMap((from) => all.filter((to) => stepPerson(person(from), to)))
    expect(drawn).toHaveLength(arrows.length)
    expect(all.filter((to) => stepPerson(person('delivered'), to))).toEqual([])
  })
})
