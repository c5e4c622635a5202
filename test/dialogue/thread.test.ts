import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Does, Link } from '../../lib/dialogue/link.ts'
import { type ThreadMessage, type Threads, threads } from '../../lib/dialogue/thread.ts'

const DAY = 24 * 3600
const TARA = 2
const ANNA = 5
const A = 'aaaaaaaaaaaa'
const B = 'bbbbbbbbbbbb'

interface Said extends Partial<Omit<Link, 'does'>> {
  do?: Does
  by?: number
  day?: number
  deleted?: boolean
}

/** One message a second, by Tara unless said otherwise; `undefined` or nothing but who and when: without a link. */
function conversation(...all: Said[]): ThreadMessage[] {
  return all.map(({ do: does, by = TARA, day = 0, deleted, dialogueId, ...rest }, i) => {
    const id = 101 + i
    const link = dialogueId && {
      dialogueId,
      m: `m${id}`,
      does: does ?? 'reply',
      repliesExpected: true,
      text: 'Re: Essay',
      url: 'https://moodle.example/',
      ...rest,
    }
    return {
      id,
      authorId: by,
      timeCreated: 1e9 + day * DAY + i,
      ...(link ? { link } : {}),
      ...(deleted ? { isDeleted: true } : {}),
    }
  })
}

const read = (...all: Said[]): Threads => threads(conversation(...all), { complete: true })
const places = ({ placements }: Threads): string[] =>
  [...placements.values()].map((place) => place.dialogueId)
/** Without repetitions of what is there already. */
const shownIn = ({ placements }: Threads, dialogueId: string) =>
  [...placements].flatMap(([id, place]) => (place.dialogueId === dialogueId && !place.duplicate ? [id] : []))
const thread = (result: Threads, id: string) => result.threads.find((thread) => thread.dialogueId === id)

describe('Rule 1: a link says where its message belongs', () => {
  it('gathers each dialogue from between the others', () => {
    const result = read(
      { dialogueId: A, do: 'open' },
      { dialogueId: B, do: 'open' },
      { dialogueId: A, by: ANNA },
    )
    expect(places(result)).toEqual([A, B, A])
    expect(shownIn(result, A)).toEqual([101, 103])
    expect(thread(result, A)).toMatchObject({
      lastId: 103,
      timeLast: 1e9 + 2,
      openerId: TARA,
      openId: 101,
    })
  })

  it('takes subject, opener, page and replies from the opening with the lowest id', () => {
    const result = read(
      {
        dialogueId: A,
        do: 'open',
        text: 'Essay 1',
        courseId: 42,
        url: 'https://moodle.example/1',
        ruleId: 'r',
      },
      {
        dialogueId: A,
        do: 'open',
        by: ANNA,
        text: 'Mine',
        courseId: 7,
        url: 'https://moodle.example/2',
        repliesExpected: false,
      },
    )
    expect(thread(result, A)).toMatchObject({
      subject: 'Essay 1',
      openerId: TARA,
      courseId: 42,
      url: 'https://moodle.example/1',
      ruleId: 'r',
      repliesExpected: true,
    })
  })

  it('reads the opening with the lowest id also where the messages come in another order', () => {
    const messages = conversation(
      { dialogueId: A, do: 'open', text: 'First' },
      { dialogueId: A, do: 'open', text: 'Second', by: ANNA },
    )
    expect(threads(messages.toReversed(), { complete: true }).threads[0]?.subject).toBe('First')
  })

  it('knows a dialogue whose opening is missing, by the link of a reply', () => {
    const found = thread(read({ dialogueId: A, text: 'Re: Essay 1', courseId: 42 }), A)
    expect(found).toMatchObject({ subject: 'Essay 1', courseId: 42, state: 'open', repliesExpected: true })
    expect(found).not.toHaveProperty('openerId')
  })

  it('lets an opening that is met later correct what a reply claimed', () => {
    const result = read(
      { dialogueId: A, text: 'Re: Guess', by: ANNA },
      { dialogueId: A, do: 'open', text: 'Essay 1' },
    )
    expect(thread(result, A)).toMatchObject({ subject: 'Essay 1', openerId: TARA, openId: 102 })
  })

  it('has the general dialogue only where messages are in it, without a subject', () => {
    expect(thread(read({ dialogueId: A, do: 'open' }), 'general')).toBeUndefined()
    expect(read().threads).toEqual([])
    const general = thread(read({ dialogueId: 'general', text: 'Open the conversation' }), 'general')
    expect(general).toMatchObject({ lastId: 101, state: 'open' })
    expect(general).not.toHaveProperty('subject')
  })
})

describe('Rule 2: a message without a link is filed by guess', () => {
  it.each<[string, Said[], string, boolean]>([
    [
      'in the dialogue named last',
      [{ dialogueId: A, do: 'open' }, { dialogueId: B, do: 'open' }, { by: ANNA }],
      B,
      true,
    ],
    [
      'in the one named last, not opened last',
      [{ dialogueId: A, do: 'open' }, { dialogueId: B, do: 'open' }, { dialogueId: A }, {}],
      A,
      true,
    ],
    [
      'past a closed one',
      [{ dialogueId: A, do: 'open' }, { dialogueId: B, do: 'open' }, { dialogueId: B, do: 'close' }, {}],
      A,
      true,
    ],
    [
      'past one that expects no answer',
      [{ dialogueId: A, do: 'open' }, { dialogueId: B, do: 'open', repliesExpected: false }, {}],
      A,
      true,
    ],
    [
      'in one that was reopened',
      [{ dialogueId: A, do: 'open' }, { dialogueId: A, do: 'close' }, { dialogueId: A, do: 'reopen' }, {}],
      A,
      true,
    ],
    [
      'in the general one, where all are closed',
      [{ dialogueId: A, do: 'open' }, { dialogueId: A, do: 'close' }, {}],
      'general',
      true,
    ],
    [
      'in the general one, where that was named last',
      [{ dialogueId: A, do: 'open' }, { dialogueId: 'general' }, { by: ANNA }],
      'general',
      true,
    ],
    ['30 days after', [{ dialogueId: A, do: 'open', day: 1 }, { day: 31 - 1 / DAY }], A, true],
    ['more than 30 days after', [{ dialogueId: A, do: 'open' }, { day: 30 }], 'general', false],
    [
      'while others keep the dialogue going',
      [{ dialogueId: A, do: 'open' }, { day: 20 }, { day: 40 }],
      A,
      true,
    ],
    [
      'and not in an older dialogue, where the nearest is too old',
      [{ dialogueId: A, do: 'open' }, { dialogueId: B, do: 'open' }, { day: 31 }],
      'general',
      false,
    ],
    ['with certainty in the general one, where there is no other', [{}], 'general', false],
  ])('%s', (_where, said, dialogueId, guessed) => {
    const { placements } = read(...said)
    expect(placements.get(100 + said.length)).toEqual({ dialogueId, guessed, afterClosing: false })
  })

  it('provisionally, before the earliest link of a history that is not all there', () => {
    const messages = conversation({}, { dialogueId: A, do: 'open' }, {})
    const provisional = (complete: boolean) =>
      [...threads(messages, { complete }).placements.values()].map((place) => place.provisional ?? false)
    expect(provisional(false)).toEqual([true, false, false])
    expect(provisional(true)).toEqual([false, false, false])
  })
})

describe('Rule 3: closing and reopening', () => {
  it('says who closed it and when', () => {
    const result = read({ dialogueId: A, do: 'open' }, { dialogueId: A, do: 'close', by: ANNA })
    expect(thread(result, A)).toMatchObject({
      state: 'closed',
      closedBy: { userId: ANNA, time: 1e9 + 1, messageId: 102 },
    })
  })

  it('marks what still comes with its link, and stays closed', () => {
    const result = read(
      { dialogueId: A, do: 'open' },
      { dialogueId: A, do: 'close' },
      { dialogueId: A, by: ANNA },
      { dialogueId: A, do: 'close', by: ANNA },
    )
    expect([...result.placements.values()].map((place) => place.afterClosing)).toEqual([
      false,
      false,
      true,
      true,
    ])
    expect(thread(result, A)).toMatchObject({ state: 'closed', closedBy: { userId: TARA } })
  })

  it('is undone by reopening', () => {
    const result = read(
      { dialogueId: A, do: 'open' },
      { dialogueId: A, do: 'close' },
      { dialogueId: A, do: 'reopen', by: ANNA },
      { dialogueId: A },
    )
    expect(thread(result, A)?.state).toBe('open')
    expect(thread(result, A)).not.toHaveProperty('closedBy')
    expect([...result.placements.values()].some((place) => place.afterClosing)).toBe(false)
  })

  it('does not close the general dialogue', () => {
    expect(thread(read({ dialogueId: 'general', do: 'close' }, {}), 'general')).toMatchObject({
      state: 'open',
      lastId: 102,
    })
  })
})

describe('Rule 4: replies=no', () => {
  it('counts in the first opening only', () => {
    const opened = thread(read({ dialogueId: A, do: 'open', repliesExpected: false }), A)
    const answered = thread(
      read({ dialogueId: A, do: 'open' }, { dialogueId: A, by: ANNA, repliesExpected: false }),
      A,
    )
    expect([opened?.repliesExpected, answered?.repliesExpected]).toEqual([false, true])
  })
})

describe('Rule 5: one message is one', () => {
  it('shows a repetition once, in the dialogue of the first', () => {
    const result = read(
      { dialogueId: A, do: 'open' },
      { dialogueId: A, m: 'same' },
      { dialogueId: B, m: 'same', do: 'close' },
    )
    expect(result.placements.get(103)).toEqual({
      dialogueId: A,
      guessed: false,
      afterClosing: false,
      duplicate: true,
    })
    expect(shownIn(result, A)).toEqual([101, 102])
    expect(thread(result, B)).toBeUndefined()
  })

  it('keeps messages of two authors apart that have the same key', () => {
    const result = read({ dialogueId: A, m: 'same' }, { dialogueId: A, m: 'same', by: ANNA })
    expect(shownIn(result, A)).toEqual([101, 102])
  })

  it('does not let a deleted message stand for the one that is still there', () => {
    const result = read({ dialogueId: A, do: 'open', m: 'same', deleted: true }, { dialogueId: A, m: 'same' })
    expect(shownIn(result, A)).toEqual([101, 102])
  })
})

describe('Rule 6: a deleted message keeps its link', () => {
  it('and still opens its dialogue', () => {
    expect(thread(read({ dialogueId: A, do: 'open', text: 'Essay 1', deleted: true }, {}), A)).toMatchObject({
      subject: 'Essay 1',
      lastId: 102,
    })
  })
})

const anything = fc.array(
  fc.record(
    {
      dialogueId: fc.constantFrom(A, B, 'cccccccccccc', 'general'),
      do: fc.constantFrom<Does>('open', 'reply', 'close', 'reopen'),
      by: fc.constantFrom(TARA, ANNA),
      m: fc.constantFrom('m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8'),
      text: fc.constantFrom('', 'x', 'Re: x', '\u202Ey'),
      repliesExpected: fc.boolean(),
      deleted: fc.boolean(),
      day: fc.integer({ min: 0, max: 100 }),
    },
    { requiredKeys: ['by'] },
  ),
  { maxLength: 25 },
)

describe('Whatever the messages', () => {
  it('each has one place, and is in that dialogue unless it is a repetition', () => {
    const property = fc.property(anything, fc.boolean(), (said, complete) => {
      const messages = conversation(...said)
      const result = threads(messages, { complete })
      expect([...result.placements.keys()]).toEqual(messages.map((message) => message.id))
      const placed = new Set([...result.placements.values()].map(({ dialogueId }) => dialogueId))
      expect(new Set(result.threads.map(({ dialogueId }) => dialogueId))).toEqual(placed)
      for (const { dialogueId, lastId } of result.threads)
        expect(shownIn(result, dialogueId).at(-1)).toBe(lastId)
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('what comes later moves nothing that came before', () => {
    const property = fc.property(anything, anything, (before, after) => {
      const all = conversation(...before, ...after)
      const early = threads(all.slice(0, before.length), { complete: true })
      const late = threads(all, { complete: true })
      for (const [id, place] of early.placements) expect(late.placements.get(id)).toEqual(place)
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('10,000 of them are read in one pass', () => {
    const many = (count: number) =>
      conversation(
        ...Array.from(
          { length: count },
          (_, i): Said => (i % 2 ? {} : { dialogueId: `d${i}`, do: i % 4 ? 'open' : 'close' }),
        ),
      )
    const took = (count: number) => {
      const messages = many(count)
      const begun = performance.now()
      expect(threads(messages, { complete: true }).placements.size).toBe(count)
      return performance.now() - begun
    }
    took(1000)
    expect(took(10_000)).toBeLessThan(500)
  })
})

/** What the person moved, and by what the conversation is read: in pages, in any order, the newest once more. */
const arrival = fc.record({
  said: anything,
  moves: fc.array(fc.tuple(fc.nat(24), fc.constantFrom(A, B, 'cccccccccccc', 'general', 'zzzzzzzzzzzz'))),
  cuts: fc.array(fc.nat(25), { maxLength: 4 }),
  order: fc.infiniteStream(fc.nat(100)),
})

function pagesOf<T>(all: T[], cuts: number[]): T[][] {
  const ends = [...new Set([...cuts.map((cut) => Math.min(cut, all.length)), all.length])].sort(
    (a, b) => a - b,
  )
  return ends.map((end, i) => all.slice(ends[i - 1] ?? 0, end))
}

function shuffled<T>(all: T[], order: Iterable<number>): T[] {
  const numbers = order[Symbol.iterator]()
  return all
    .map((value) => ({ value, at: numbers.next().value ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

const movesOf = (moves: [number, string][]) => new Map(moves.map(([n, dialogueId]) => [101 + n, dialogueId]))

describe('However the messages arrive', () => {
  it('the same messages are the same dialogues', () => {
    const property = fc.property(arrival, ({ said, moves, cuts, order }) => {
      const all = conversation(...said)
      const moved = movesOf(moves)
      const pages = shuffled(pagesOf(all, cuts), order).flatMap((page) => shuffled(page, order))
      expect(threads(pages, { complete: true, moved })).toEqual(threads(all, { complete: true, moved }))
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('a place that is not provisional is the last one, whatever older page is read next', () => {
    const property = fc.property(anything, anything, (older, newer) => {
      const all = conversation(...older, ...newer)
      const settled = threads(all, { complete: true })
      const early = threads(all.slice(older.length), { complete: false })
      // Keys met before, deletions and closings further back may speak of the same dialogue.
      const isApart = !older.some(({ dialogueId }) => dialogueId !== undefined)
      for (const [id, place] of isApart ? early.placements : [])
        if (!place.provisional) expect(settled.placements.get(id)?.dialogueId).toEqual(place.dialogueId)
      const provisional = [...early.placements.values()].filter((place) => place.provisional)
      const links = all.slice(older.length).findIndex(({ link }) => link !== undefined)
      expect(provisional).toHaveLength(links < 0 ? newer.length : links)
    })
    fc.assert(property, { numRuns: 1000 })
  })

  it('nothing is provisional once the start is there', () => {
    const property = fc.property(anything, (said) => {
      const { placements } = threads(conversation(...said), { complete: true })
      expect([...placements.values()].some((place) => place.provisional)).toBe(false)
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('none is in no dialogue and none in two, also among those that were moved', () => {
    const property = fc.property(arrival, fc.boolean(), ({ said, moves }, complete) => {
      const messages = conversation(...said)
      const result = threads(messages, { complete, moved: movesOf(moves) })
      const shown = messages.filter(({ id }) => !result.placements.get(id)?.duplicate).map(({ id }) => id)
      const found = result.threads.flatMap(({ dialogueId }) => shownIn(result, dialogueId))
      expect(found.sort()).toEqual(shown.sort())
    })
    fc.assert(property, { numRuns: 1000 })
  })
})

describe('A message that the person moved', () => {
  it('stays there, whatever the guess would be, and is no guess', () => {
    const messages = conversation({ dialogueId: A, do: 'open' }, { dialogueId: B, do: 'open' }, { by: ANNA })
    const { placements } = threads(messages, { complete: true, moved: new Map([[103, A]]) })
    expect(placements.get(103)).toEqual({ dialogueId: A, guessed: false, afterClosing: false })
  })

  it('may belong to a dialogue that begins after it', () => {
    const messages = conversation({ by: ANNA }, { dialogueId: A, do: 'open', text: 'Essay' })
    const result = threads(messages, { complete: true, moved: new Map([[101, A]]) })
    expect(thread(result, A)).toMatchObject({ subject: 'Essay', lastId: 102, openId: 102 })
  })

  it('may go into a closed one, and is shown as said after the closing', () => {
    const messages = conversation({ dialogueId: A, do: 'open' }, { dialogueId: A, do: 'close' }, { by: ANNA })
    const { placements } = threads(messages, { complete: true, moved: new Map([[103, A]]) })
    expect(placements.get(103)).toMatchObject({ dialogueId: A, afterClosing: true })
  })

  it('is filed by guess again where its dialogue is there no more', () => {
    const messages = conversation({ dialogueId: A, do: 'open' }, { by: ANNA })
    const { placements } = threads(messages, { complete: true, moved: new Map([[102, B]]) })
    expect(placements.get(102)).toMatchObject({ dialogueId: A, guessed: true })
  })

  it('cannot be taken out of the dialogue that its own link names', () => {
    const messages = conversation({ dialogueId: A, do: 'open' }, { dialogueId: B, do: 'open' })
    const { placements } = threads(messages, { complete: true, moved: new Map([[102, A]]) })
    expect(placements.get(102)).toMatchObject({ dialogueId: B })
  })
})
