import { beforeEach, describe, expect, it, vi } from 'vitest'
import { dateOf, momentInput } from '../../components/common/date-input.ts'
import { createDeeds } from '../../components/models/deeds.ts'
import { createListModel } from '../../components/models/list.ts'
import { timesToReturn } from '../../components/sheets/times-to-return.ts'
import { ANNA, BEN, refTo, row } from '../example.ts'
import { createOffice } from './screen.tsx'
import { speak } from './words.ts'

beforeEach(() => speak())

/** Wednesday, 11 November 2026, by this computer's own calendar. */
const at = (hour: number, minute = 0) => new Date(2026, 10, 11, hour, minute).getTime() / 1000

describe('putting off', () => {
  it('offers usual times, and no evening that has nearly come', () => {
    expect(timesToReturn(at(9)).map(({ words }) => words)).toEqual([
      'thisEvening',
      'tomorrow',
      'nextMonday',
      'inAMonth',
    ])
    expect(timesToReturn(at(17, 40)).map(({ words }) => words)).not.toContain('thisEvening')
  })

  it('takes next Monday for a Monday, never today', () => {
    const monday = new Date(2026, 10, 16, 9).getTime() / 1000
    const next = timesToReturn(monday).find(({ words }) => words === 'nextMonday')
    expect(new Date((next?.time ?? 0) * 1000).getDate()).toBe(23)
  })

  it('writes a time as a field does and reads it back', () => {
    expect(momentInput(at(9, 5))).toBe('2026-11-11T09:05')
    expect(dateOf('2026-11-11T09:05')).toBe(at(9, 5))
    expect(dateOf('')).toBeUndefined()
  })
})

describe('several rows', () => {
  const office = () => {
    const { world, connection } = createOffice()
    world.rows = [row(), row({ ref: refTo(BEN), people: [BEN] })]
    const list = createListModel(connection, { scope: { kind: 'all' } })
    return { world, connection, list }
  }

  it('are chosen one by one or all that are shown, and only while they are in the list', async () => {
    const { world, list } = office()
    await list.load()
    const [first] = list.rows.value
    if (first) list.selection.toggle(first)
    expect(list.selection.isOn.value).toBe(true)
    expect(list.selection.refs.value).toEqual([refTo(ANNA)])
    list.selection.all()
    expect(list.selection.refs.value).toHaveLength(2)
    world.rows = world.rows.slice(1)
    await list.load()
    expect(list.selection.refs.value).toEqual([refTo(BEN)])
    list.selection.clear()
    expect(list.selection.isOn.value).toBe(false)
  })

  it('are done with in one question, and that is said', async () => {
    const { world, connection } = office()
    const announce = vi.fn()
    const deeds = createDeeds(connection, announce)
    const refs = [refTo(ANNA), refTo(BEN)]
    await deeds.done(refs, true)
    expect(world.questions('mark')).toEqual([{ refs, change: { done: true } }])
    expect(announce).toHaveBeenCalledWith('2 dialogues are done')
  })

  it('keeps the order that was chosen in what it asks next', async () => {
    const { world, list } = office()
    await list.setOrder({ sort: 'last-name' })
    await list.setOrder({ group: 'person' })
    expect(world.questions('dialogues').at(-1)).toMatchObject({ sort: 'last-name', group: 'person' })
  })
})

describe('a deletion that the site refuses', () => {
  it('is not said to be done', async () => {
    const { connection, world } = createOffice()
    const announce = vi.fn()
    world.isDown = true
    const deeds = createDeeds(connection, announce)
    expect(await deeds.remove(refTo(ANNA), [1])).toMatchObject({ mender: 'wait' })
    expect(announce).not.toHaveBeenCalled()
  })
})
