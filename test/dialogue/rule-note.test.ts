import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readIds, writeIds } from '../../lib/dialogue/id-list.ts'
import { type OwnersNote, type RuleNote, readNote, writeNote } from '../../lib/dialogue/rule-note.ts'
import { asks, isFree, ownersNotes } from '../../lib/dialogue/tenure.ts'

const SITE = { wwwroot: 'https://moodle.example/school' }
const BIOLOGY = 2
const TARA = 3
const TOM = 4
const ids = fc.uniqueArray(fc.integer({ min: 1, max: 10_000_000 }), { maxLength: 200 })
const ruleId = 'r1r1r1r1r1r1'

const owners: OwnersNote = {
  kind: 'rule',
  ruleId,
  term: 1,
  tenure: 'held',
  timeLease: 1_700_000_000,
  words: {
    courseId: BIOLOGY,
    audience: { kind: 'course', courseId: BIOLOGY, roleIds: [5], condition: { kind: 'in-no-group' } },
    subject: 'Welcome',
    text: 'Dear {firstname}',
    repliesExpected: true,
    about: { url: `${SITE.wwwroot}/mod/assign/view.php?id=3`, name: 'Essay 1' },
    future: { timeCutOff: 1_800_000_000 },
  },
  reached: [5, 6, 7],
  claimed: [9],
}

const html = (note: RuleNote) =>
  writeNote(note, { ...SITE, courseId: BIOLOGY, sentence: 'Tara shares <a rule>.', title: 'Welcome' })

const posted = (text: string, change = {}) => ({
  id: 1,
  courseId: BIOLOGY,
  aboutUserId: TARA,
  authorId: TARA,
  html: text,
  ...change,
})
const read = (text: string, change = {}) => readNote(posted(text, change), SITE)

/** The note with other contents in its fragment. */
const forged = (change: object) => {
  const value = { ...owners, reached: '5', claimed: '', ...change }
  const letters = btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  return `<p><a href="${SITE.wwwroot}/course/view.php?id=2#aside-rule=${letters}">x</a></p>`
}

describe('lists of ids', () => {
  it('say which ids they were made of, in ascending order', () => {
    fc.assert(
      fc.property(ids, (some) => {
        expect(readIds(writeIds(some))).toEqual(some.toSorted((a, b) => a - b))
      }),
    )
  })

  it('are short for people who were enrolled together', () => {
    expect(writeIds(Array.from({ length: 60 }, (_, i) => 1000 + i))).toBe('rs.1*1n')
  })

  it.each(['0', '-1', '1.', '1*0', '1*zzzzz', '1*zzzz.1*zzzz.1*zzzz', 'zzzzzzzzzz*zz', '1,2', '{}'])(
    'are none where they say %s',
    (text) => {
      expect(readIds(text)).toBeUndefined()
    },
  )
})

describe('a note', () => {
  it('is read as it was written, whatever its words and its people', () => {
    const property = fc.property(
      ids,
      ids,
      fc.string({ unit: 'binary', maxLength: 2000 }),
      (reached, claimed, text) => {
        const well = text.toWellFormed()
        const note = { ...owners, reached, claimed, words: { ...owners.words, text: well } }
        const sorted = (list: number[]) => list.toSorted((a, b) => a - b)
        expect(read(html(note))).toEqual({
          ...note,
          reached: sorted(reached),
          claimed: sorted(claimed),
          id: 1,
          authorId: TARA,
        })
      },
    )
    fc.assert(property)
  })

  it('shows a sentence and a link, as text', () => {
    expect(html(owners)).toMatch(/^<p>Tara shares &lt;a rule&gt;\.<\/p><p><a href="[^"]+">Welcome<\/a><\/p>$/)
  })

  it('holds no secret', () => {
    const withSecret = { ...owners, words: { ...owners.words } }
    expect(JSON.stringify(read(html(withSecret)))).not.toContain('secret')
  })

  it('asks for a pause or an end', () => {
    const note: RuleNote = { kind: 'ask', ruleId, does: 'end' }
    expect(read(html(note))).toEqual({ ...note, id: 1, authorId: TARA })
  })

  it('counts only where the site says that it was written by whom it is about', () => {
    expect(read(html(owners), { authorId: TOM })).toBeUndefined()
    expect(read(html(owners), { aboutUserId: TOM })).toBeUndefined()
  })

  it('says nothing where it is of another site, of another course, or says two things', () => {
    const elsewhere = html(owners).replace('moodle.example', 'evil.example')
    expect(read(elsewhere)).toBeUndefined()
    expect(read(html(owners), { courseId: 9 })).toBeUndefined()
    expect(read(html(owners) + html(owners))).toBeUndefined()
  })

  it.each([
    { term: -1 },
    { term: '1' },
    { tenure: 'mine' },
    { timeLease: 1e300 },
    { reached: '1*zzzzz' },
    { ruleId: '../../etc' },
    { kind: 'send' },
    { words: null },
    { words: { ...owners.words, text: 7 } },
    { words: { ...owners.words, text: 'x'.repeat(20_001) } },
    { words: { ...owners.words, audience: { kind: 'people', userIds: [1] } } },
    { words: { ...owners.words, audience: { kind: 'course', courseId: BIOLOGY, groupIds: ['1'] } } },
    { words: { ...owners.words, audience: { kind: 'course', courseId: BIOLOGY, cohortIds: [1] } } },
    {
      words: { ...owners.words, audience: { kind: 'course', courseId: BIOLOGY, condition: { kind: 'new' } } },
    },
    { words: { ...owners.words, audience: { kind: 'course', courseId: 9 } } },
  ])('is none where it claims $tenure$term$words', (change) => {
    expect(read(forged({}))).toBeDefined()
    expect(read(forged(change))).toBeUndefined()
  })

  it('takes no page of another site, and no field that nobody asked for', () => {
    const about = { url: 'https://evil.example/x', name: 'Essay' }
    const note = read(forged({ words: { ...owners.words, about, secret: 's', state: 'active' } }))
    expect(note?.kind === 'rule' && note.words).not.toHaveProperty('about')
    expect(JSON.stringify(note)).not.toMatch(/secret|evil|active/)
  })

  it('never throws, whatever stands in it', () => {
    const letters = fc.string({ unit: 'grapheme', maxLength: 300 })
    const property = fc.property(letters, (text) => {
      const link = `<a href="${SITE.wwwroot}/#aside-rule=${encodeURIComponent(text)}">x</a>`
      expect(() => read(link + text)).not.toThrow()
    })
    fc.assert(property)
  })
})

describe('of several notes', () => {
  const by = (authorId: number, id: number, change: Partial<OwnersNote> = {}) => ({
    ...owners,
    id,
    authorId,
    ...change,
  })

  it('the later term wins, then the same person for everybody, then the newest', () => {
    const notes = [by(TOM, 9), by(TARA, 5), by(TARA, 7), by(TOM, 2, { term: 2 })]
    expect(ownersNotes(notes, ruleId).map(({ id }) => id)).toEqual([2, 7, 5, 9])
    expect(ownersNotes(notes.toReversed(), ruleId).map(({ id }) => id)).toEqual([2, 7, 5, 9])
    expect(ownersNotes(notes, 'other1other1')).toEqual([])
  })

  it('one that was given up on and arrives after the next is not the newest', () => {
    const notes = [
      { ...owners, id: 4, authorId: TARA, timeLease: owners.timeLease + 60 },
      { ...owners, id: 6, authorId: TARA },
    ]
    expect(ownersNotes(notes, ruleId).map(({ id }) => id)).toEqual([4, 6])
  })

  it('those in which somebody else asks count', () => {
    const ask = { kind: 'ask' as const, ruleId, does: 'pause' as const }
    const notes = [
      { ...ask, id: 1, authorId: TARA },
      { ...ask, id: 2, authorId: TOM },
    ]
    expect(asks(notes, ruleId, TARA).map(({ id }) => id)).toEqual([2])
  })

  it.each([
    ['held', 0, false],
    ['held', -1, true],
    ['released', 0, true],
    ['ended', -1, false],
  ] as const)('%s with a lease until %i: free is %s', (tenure, ahead, free) => {
    expect(isFree({ ...owners, tenure }, owners.timeLease - ahead)).toBe(free)
  })
})
