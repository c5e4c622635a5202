import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { LEASE_SECONDS } from '../../lib/dialogue/tenure.ts'
import { hold, resume, saveRule, startRule } from '../../lib/sync/rule-life.ts'
import type { Computer } from './computer.ts'
import {
  adoptAt,
  at,
  from,
  HOUR,
  had,
  letGo,
  openTwoTeachers,
  run,
  STUDENTS,
  type Stage,
  seenBy,
  TARA,
  TOM,
  takeOver,
} from './two-teachers.ts'

/* One test for each arrow of the diagram in lib/dialogue/tenure.ts. */

let stage: Stage
let tara: Computer
let tom: Computer
let rule: OpenRule

beforeEach(async () => {
  stage = await openTwoTeachers()
  ;({ tara, tom } = stage)
})

afterEach(() => stage.simulator.close())

/** Shared, and its students reached. */
async function held(): Promise<void> {
  rule = await stage.shared()
  await run(tara)
}

async function released(): Promise<void> {
  await held()
  await letGo(tara, rule)
}

async function free(): Promise<void> {
  await held()
  await stage.later(LEASE_SECONDS + 1)
}

const seen = async () => (await seenBy(tom))[0]
const goOn = async (computer: Computer) => resume(computer.world, await computer.account(), rule.id)
const cancel = async (computer: Computer) => {
  await hold(computer.world, await computer.account(), rule.id, { kind: 'cancel' })
  await run(computer)
}

describe('(nothing) ─► held', () => {
  it('before anything leaves, where its author wished so when it was made', async () => {
    const draft = await stage.draft({ toShare: 'Tara Teacher shares a rule.' })
    expect(stage.notes()).toEqual([])
    rule = had(await startRule(tara.world, await tara.account(), draft, 0))
    expect(await seen()).toBeUndefined()
    await run(tara)
    expect(await seen()).toMatchObject({ ruleId: rule.id, tenure: 'held', mayTakeOver: false })
    expect(stage.notes()[0]?.content).toContain('Tara Teacher shares a rule.')
    expect(stage.reached(rule)).toEqual(from(TARA, STUDENTS))
  })

  it('and nothing leaves where the notes are out of reach', async () => {
    stage.simulator.school.settings.enablenotes = false
    const draft = await stage.draft({ toShare: 'Tara Teacher shares a rule.' })
    rule = had(await startRule(tara.world, await tara.account(), draft, 0))
    await run(tara)
    expect(stage.reached(rule)).toEqual([])
    expect(await at(tara, rule)).toMatchObject({ state: 'paused', trouble: {} })
  })

  it('but not of what was edited into something that only this computer understands', async () => {
    const draft = await stage.draft({ toShare: 'Tara Teacher shares a rule.' })
    const { accountId, id, subject, text, repliesExpected, toShare } = draft
    const people = { kind: 'people' as const, userIds: [5] }
    const edited = await saveRule(tara.world, await tara.account(), {
      ...{ accountId, id, subject, text, repliesExpected, audience: people },
      ...(toShare ? { toShare } : {}),
    })
    if (!edited) throw new Error('not saved')
    rule = had(await startRule(tara.world, await tara.account(), edited, 0))
    await run(tara)
    expect(stage.notes()).toEqual([])
    expect(stage.reached(rule)).toEqual([[TARA, 5]])
  })
})

describe('held ─► held', () => {
  it('before each slice of people, with a lease anew', async () => {
    await held()
    const before = (await seen())?.timeLease ?? 0
    const late = stage.join('lena')
    await stage.later(HOUR, tara)
    expect(stage.reached(rule)).toContainEqual([TARA, late])
    expect((await seen())?.timeLease).toBeGreaterThanOrEqual(before + HOUR)
  })
})

describe('held ─► released', () => {
  it('when its owner lets go of it; nothing leaves from there any more', async () => {
    await released()
    expect(await seen()).toMatchObject({ tenure: 'released', mayTakeOver: true })
    stage.join('lena')
    await stage.later(HOUR, tara)
    expect(stage.reached(rule)).toEqual(from(TARA, STUDENTS))
  })
})

describe('held ─► (free)', () => {
  it('when the lease has run out, and not before', async () => {
    await held()
    await stage.later(LEASE_SECONDS - 60)
    expect(await seen()).toMatchObject({ tenure: 'held', mayTakeOver: false })
    await stage.later(61)
    expect(await seen()).toMatchObject({ tenure: 'held', mayTakeOver: true })
  })
})

describe('released ─► held', () => {
  it('when its owner goes on after all', async () => {
    await released()
    await goOn(tara)
    await stage.later(HOUR, tara)
    expect(await seen()).toMatchObject({ tenure: 'held', mayTakeOver: false, owner: { id: TARA } })
  })

  it('when another takes it over, a term later, with the start after its preview', async () => {
    await released()
    had(await adoptAt(tom, rule))
    expect(await seen()).toMatchObject({ tenure: 'released', owner: { id: TARA } })
    await takeOver(tom, rule)
    await run(tom)
    expect((await at(tom, rule))?.shared).toMatchObject({ term: 2, tenure: 'held' })
    expect(await seenBy(tara)).toMatchObject([{ owner: { id: TOM }, tenure: 'held' }])
  })
})

describe('(free) ─► held', () => {
  it('when its owner is back before anybody took it over', async () => {
    await free()
    await run(tara)
    expect(await seen()).toMatchObject({ owner: { id: TARA }, mayTakeOver: false })
  })

  it('when another takes it over, and then its owner, back again, sends nothing', async () => {
    await free()
    await takeOver(tom, rule)
    await run(tom)
    const late = stage.join('lena')
    await stage.later(HOUR, tara, tom)
    expect(stage.reached(rule)).toEqual([...from(TARA, STUDENTS), [TOM, late]])
    expect(await at(tara, rule)).toMatchObject({ state: 'paused', trouble: { kind: 'taken-over' } })
  })
})

describe('any ─► ended', () => {
  it('from held, by its owner', async () => {
    await held()
    await cancel(tara)
    expect(await seen()).toMatchObject({ tenure: 'ended', mayTakeOver: false })
  })

  it('from held, where a colleague asked so', async () => {
    await held()
    await stage.ask(rule, 'end')
    await stage.later(HOUR, tara)
    expect(await seen()).toMatchObject({ tenure: 'ended', mayTakeOver: false })
  })

  it('from held, when nobody is left whom it could reach', async () => {
    const { simulator } = stage
    rule = await stage.shared({ future: { timeCutOff: simulator.clock.now() + HOUR } })
    await run(tara)
    await stage.later(HOUR, tara)
    await stage.later(HOUR, tara)
    expect(await seen()).toMatchObject({ tenure: 'ended', mayTakeOver: false })
  })

  it('from released, by its owner', async () => {
    await released()
    await cancel(tara)
    expect(await seen()).toMatchObject({ tenure: 'ended', mayTakeOver: false })
  })

  it('from free, by its owner', async () => {
    await free()
    await cancel(tara)
    expect(await seen()).toMatchObject({ tenure: 'ended', mayTakeOver: false })
  })
})
