import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LEASE_SECONDS } from '../../lib/dialogue/tenure.ts'
import { share } from '../../lib/sync/hand-over.ts'
import { hold, resume, settlePeople, startRule } from '../../lib/sync/rule-life.ts'
import type { Simulator } from '../moodle-simulator/index.ts'
import type { Computer } from './computer.ts'
import {
  adoptAt,
  at,
  BIOLOGY,
  from,
  HOUR,
  had,
  letGo,
  openTwoTeachers,
  people,
  preview,
  run,
  SENTENCE,
  STUDENTS,
  type Stage,
  seenBy,
  TARA,
  TOM,
  takeOver,
} from './two-teachers.ts'

let stage: Stage
let simulator: Simulator
let tara: Computer
let tom: Computer

beforeEach(async () => {
  stage = await openTwoTeachers()
  ;({ simulator, tara, tom } = stage)
})

afterEach(() => simulator.close())

describe('a rule that is shared', () => {
  it('stands in one note about its author, whose words name no student', async () => {
    const rule = await stage.shared()
    await run(tara)
    expect(stage.reached(rule)).toEqual(from(TARA, STUDENTS))
    expect(stage.notes()).toMatchObject([
      { userid: TARA, usermodified: TARA, publishstate: 'public', courseid: BIOLOGY },
    ])
    for (const { content } of stage.notes()) expect(content).not.toMatch(/Student|Number/)
  })

  it('does not tell its secret', async () => {
    const rule = await stage.shared()
    await run(tara)
    for (const { content } of stage.notes()) {
      const letters = /aside-rule=([\w-]+)/.exec(content)?.[1] ?? ''
      expect(atob(letters.replaceAll('-', '+').replaceAll('_', '/'))).not.toContain(rule.secret)
    }
  })

  it('is seen by a colleague, with whom it has reached before they leave', async () => {
    const rule = await stage.shared()
    await run(tara)
    const [seen] = await seenBy(tom)
    expect(seen).toMatchObject({
      ruleId: rule.id,
      owner: { id: TARA, fullName: expect.stringContaining('Tara') },
      tenure: 'held',
      mayTakeOver: false,
    })
    expect(await seenBy(tara)).toEqual([])
  })

  it('says whom it will reach before the first message leaves', async () => {
    await stage.shared()
    await run(tara)
    const order = simulator.requests.all().flatMap(({ functions }) => functions)
    const first = order.indexOf('core_message_send_instant_messages')
    expect(order.slice(0, first).filter((name) => name === 'core_notes_create_notes').length).toBeGreaterThan(
      1,
    )
  })

  it('is one for a course, and not a message to some people', async () => {
    const rule = await stage.draft({ audience: { kind: 'people', userIds: [5, 6] } })
    expect(await share(tara.world, await tara.account(), rule, SENTENCE)).toMatchObject({
      kind: 'not-permitted',
    })
    expect(stage.notes()).toEqual([])
  })

  it('sends nothing where its notes are out of reach, and says why', async () => {
    const rule = await stage.shared()
    simulator.school.settings.enablenotes = false
    await run(tara)
    expect(stage.reached(rule)).toEqual([])
    expect(await at(tara, rule)).toMatchObject({ state: 'paused', trouble: {} })
  })

  it('tells within the hour whom it has reached, and asks the notes once an hour from then on', async () => {
    await stage.shared()
    await run(tara)
    await stage.later(HOUR, tara)
    const [seen] = await seenBy(tom)
    expect(seen).toMatchObject({ reached: STUDENTS.length })
    simulator.requests.clear()
    await stage.later(HOUR, tara)
    const asked = simulator.requests.all().flatMap(({ functions }) => functions)
    expect(asked.filter((name) => name.startsWith('core_notes'))).toEqual(['core_notes_get_course_notes'])
  })
})

describe('a colleague', () => {
  it('pauses it; its owner may go on, and the same note pauses it no more', async () => {
    const rule = await stage.shared()
    await run(tara)
    await stage.ask(rule, 'pause')
    const late = stage.join('lena')
    await stage.later(HOUR, tara)
    expect(await at(tara, rule)).toMatchObject({ state: 'paused', trouble: { kind: 'taken-over' } })
    expect(stage.reached(rule)).toEqual(from(TARA, STUDENTS))
    await resume(tara.world, await tara.account(), rule.id)
    await stage.later(HOUR, tara)
    expect(stage.reached(rule)).toEqual(from(TARA, [...STUDENTS, late]))
  })

  it('ends it, and nobody takes it over then', async () => {
    const rule = await stage.shared()
    await run(tara)
    await stage.ask(rule, 'end')
    await stage.later(HOUR, tara)
    expect(await at(tara, rule)).toMatchObject({ state: 'cancelled' })
    expect(await adoptAt(tom, rule)).toMatchObject({ kind: 'taken-over' })
    await stage.later(LEASE_SECONDS + 1)
    expect(await adoptAt(tom, rule)).toMatchObject({ kind: 'taken-over' })
  })

  it('cannot take it over while its owner holds it', async () => {
    const rule = await stage.shared()
    await run(tara)
    expect(await adoptAt(tom, rule)).toMatchObject({ kind: 'taken-over' })
  })

  it('cannot speak for its owner: a note about somebody else counts for nothing', async () => {
    const rule = await stage.shared()
    await run(tara)
    const [note] = stage.notes()
    if (!note) throw new Error('no note')
    const released = { ...note, id: note.id + 1, usermodified: TOM, content: note.content }
    simulator.school.notes.set(released.id, released)
    await stage.later(HOUR, tara)
    expect(await at(tara, rule)).toMatchObject({ state: 'active' })
  })

  it('who claims a later term stops it, and sends nothing by that', async () => {
    const rule = await stage.shared()
    await run(tara)
    await letGo(tara, rule)
    await takeOver(tom, rule)
    await run(tom)
    await resume(tara.world, await tara.account(), rule.id)
    stage.join('lena')
    await stage.later(HOUR, tara)
    expect(await at(tara, rule)).toMatchObject({ state: 'paused', trouble: { kind: 'taken-over' } })
    expect(stage.reached(rule)).toEqual(from(TARA, STUDENTS))
  })
})

describe('a rule that is released', () => {
  it('is taken over by preview and a click, and reaches only who joins later', async () => {
    const rule = await stage.shared()
    await run(tara)
    await letGo(tara, rule)
    const adopted = had(await adoptAt(tom, rule))
    expect(adopted).toMatchObject({ state: 'draft', subject: 'Welcome' })
    expect(adopted.secret).not.toBe(rule.secret)
    await stage.later(HOUR, tom)
    expect(await preview(tom, adopted)).toMatchObject({ willGetIt: 0 })
    const late = stage.join('lena')
    had(await startRule(tom.world, await tom.account(), adopted, 0))
    await stage.later(HOUR, tara, tom)
    await stage.later(HOUR, tara, tom)
    expect(stage.reached(rule)).toEqual([...from(TARA, STUDENTS), [TOM, late]])
  })

  it('goes back to its first owner, who knows whom the other has reached', async () => {
    const rule = await stage.shared()
    await run(tara)
    await letGo(tara, rule)
    await takeOver(tom, rule)
    const [lena] = [stage.join('lena')]
    await stage.later(HOUR, tom)
    await letGo(tom, rule)
    await takeOver(tara, rule)
    const max = stage.join('max')
    await stage.later(HOUR, tara, tom)
    await stage.later(HOUR, tom, tara)
    expect(stage.reached(rule)).toEqual([...from(TARA, STUDENTS), [TOM, lena], [TARA, max]])
  })

  it('goes on with its owner after all where nobody took it over', async () => {
    const rule = await stage.shared()
    await letGo(tara, rule)
    await resume(tara.world, await tara.account(), rule.id)
    await stage.later(HOUR, tara)
    expect(stage.reached(rule)).toEqual(from(TARA, STUDENTS))
  })

  it('is not taken over where another was faster', async () => {
    const rule = await stage.shared()
    await run(tara)
    await letGo(tara, rule)
    const adopted = had(await adoptAt(tom, rule))
    await preview(tom, adopted)
    await resume(tara.world, await tara.account(), rule.id)
    await run(tara)
    had(await startRule(tom.world, await tom.account(), adopted, 0))
    const late = stage.join('lena')
    await stage.later(HOUR, tom, tara)
    expect(await at(tom, rule)).toMatchObject({ state: 'paused', trouble: { kind: 'taken-over' } })
    expect(stage.reached(rule)).toEqual(from(TARA, [...STUDENTS, late]))
  })
})

describe('a lease that ran out', () => {
  it('frees it; whom its owner had claimed but perhaps not reached the other is asked about', async () => {
    const rule = await stage.shared()
    simulator.faults.add({ kind: 'answerLost', match: { function: 'core_message_send_instant_messages' } })
    await run(tara)
    simulator.faults.clear()
    await stage.later(LEASE_SECONDS + 1)
    await takeOver(tom, rule)
    await run(tom)
    expect(stage.reached(rule).filter(([who]) => who === TOM)).toEqual([])
    expect(await people(tom, rule, 'unknown')).toEqual(STUDENTS)
  })

  it('renews itself while its owner is there', async () => {
    const rule = await stage.shared()
    await run(tara)
    await stage.later(LEASE_SECONDS * 0.6, tara)
    await stage.later(LEASE_SECONDS * 0.6, tara)
    expect(await adoptAt(tom, rule)).toMatchObject({ kind: 'taken-over' })
    expect(stage.notes()).toHaveLength(1)
  })

  it('lets nobody get it twice, though both were away and come back at once', async () => {
    const rule = await stage.shared()
    await run(tara)
    await stage.later(LEASE_SECONDS + 1)
    await takeOver(tom, rule)
    const late = stage.join('lena')
    simulator.clock.advance(HOUR)
    await Promise.all([run(tara), run(tom)])
    await stage.later(HOUR, tara, tom)
    await stage.later(HOUR, tom, tara)
    const to = stage.reached(rule).map(([, id]) => id)
    expect(new Set(to).size).toBe(to.length)
    expect([...STUDENTS, late]).toEqual(expect.arrayContaining(to))
    expect(to).toEqual(expect.arrayContaining(STUDENTS))
  })
})

describe('whom nobody can prove', () => {
  it('the person settles, and then they get it once', async () => {
    const rule = await stage.shared()
    simulator.faults.add({ kind: 'offline', match: { function: 'core_message_send_instant_messages' } })
    await run(tara)
    simulator.faults.clear()
    await stage.later(LEASE_SECONDS + 1)
    const taken = await takeOver(tom, rule)
    await run(tom)
    expect(stage.reached(rule)).toEqual([])
    await settlePeople(tom.world, await tom.account(), taken, [5, 6], false)
    await settlePeople(tom.world, await tom.account(), taken, [7], true)
    await stage.later(HOUR, tom)
    await stage.later(HOUR, tom)
    expect(stage.reached(rule)).toEqual(from(TOM, [5, 6]))
  })
})

describe('its end', () => {
  it('is told to colleagues when its owner cancels it', async () => {
    const rule = await stage.shared()
    await run(tara)
    await hold(tara.world, await tara.account(), rule.id, { kind: 'cancel' })
    await run(tara)
    const [seen] = await seenBy(tom)
    expect(seen).toMatchObject({ tenure: 'ended', mayTakeOver: false })
  })

  it('is told when nobody is left', async () => {
    await stage.shared({ future: undefined } as never)
    await run(tara)
    await stage.later(HOUR, tara)
    const [seen] = await seenBy(tom)
    expect(seen).toMatchObject({ tenure: 'ended', reached: STUDENTS.length })
  })
})
