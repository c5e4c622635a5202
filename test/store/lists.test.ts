import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { writeLink } from '../../lib/dialogue/link.ts'
import type { Filter, Grouping, Sort } from '../../lib/dialogue/views.ts'
import { discardDraft, saveDraft } from '../../lib/store/drafts.ts'
import { moreCountsOf } from '../../lib/store/list-counts.ts'
import { scopeAll, scopeCourse } from '../../lib/store/lists.ts'
import { putMark } from '../../lib/store/marks.ts'
import { readList } from '../../lib/store/read-list.ts'
import { relist } from '../../lib/store/relist.ts'
import { nextWaking, wake } from '../../lib/store/snooze.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from '../sync/computer.ts'

const PEOPLE = 9
const id = (n: number) => n.toString(36).padStart(12, '0')

let simulator: Simulator
let tara: Computer

/** Tara has opened a dialogue with each of nine students; every third has answered; the fourth one is closed. */
function fill(): void {
  const now = simulator.clock.now()
  for (let n = 1; n <= PEOPLE; n++) {
    const link = (does: 'open' | 'reply' | 'close', m: number) =>
      writeLink({
        url: `${simulator.wwwroot}/mod/assign/view.php?id=3`,
        dialogueId: id(n),
        m: id(100 * n + m),
        does,
        courseId: 2,
        subject: `Essay of ${n}`,
      })
    const say = (from: string, to: string, does: 'open' | 'reply' | 'close', m: number) =>
      simulator.say({
        from,
        to,
        text: `<p>Word ${m}.</p>${link(does, m)}`,
        timecreated: now - 9000 + 60 * n + m,
      })
    say('teacher1', `student${n}`, 'open', 1)
    if (n % 3 === 0) say(`student${n}`, 'teacher1', 'reply', 2)
    if (n === 4) say('teacher1', 'student4', 'close', 3)
  }
}

beforeAll(async () => {
  simulator = await startSimulator({ conversations: 0 })
  fill()
  tara = await computerOf(simulator, 'teacher1')
  await tara.engine.round(tara.accountId)
  await tara.engine.catchUp(tara.accountId)
})

afterAll(() => simulator.close())

const refOf = (n: number): DialogueRef => ({
  accountId: tara.accountId,
  conversationKey: `u${simulator.user(`student${n}`).id}`,
  dialogueId: id(n),
})

interface Asked {
  filter?: Filter
  sort?: Sort
  group?: Grouping
  scope?: string
  limit?: number
  cursor?: string
  now?: number
  isUrgent?: boolean
}

async function list({ filter = 'all', scope = scopeAll, limit = 50, ...rest }: Asked = {}) {
  const accounts = await tara.store.accounts.toArray()
  return readList(tara.store, { accounts, scope, filter, limit, ...rest })
}

async function subjects(asked: Asked = {}): Promise<number[]> {
  const { rows } = await list({ scope: scopeCourse(2), ...asked })
  return rows.map(({ subject = '' }) => Number(subject.replace('Essay of ', '')))
}

/** A page at a time, as a person scrolls. */
async function paged(asked: Asked): Promise<number[]> {
  const found: number[] = []
  for (let cursor: string | undefined, page = 0; page < 20; page++) {
    const answer = await list({ scope: scopeCourse(2), limit: 2, ...asked, ...(cursor ? { cursor } : {}) })
    found.push(...answer.rows.map(({ subject = '' }) => Number(subject.replace('Essay of ', ''))))
    if (answer.next === undefined) return found
    cursor = answer.next
  }
  throw new Error('no end')
}

const mark = async (n: number, change: Parameters<typeof putMark>[2]) => {
  await putMark(tara.store, refOf(n), change)
  await relist(tara.store, [refOf(n)])
}

describe('a list', () => {
  it('that somebody waits for comes without numbers that would have to be counted first', async () => {
    await relist(tara.store, [refOf(1)])
    const first = await list({ isUrgent: true })
    expect(first).not.toHaveProperty('counts')
    const { rows, counts } = await list()
    expect(first.rows).toEqual(rows)
    expect((await list({ isUrgent: true })).counts).toEqual(counts)
  })

  it.each<[Sort, number[]]>([
    ['unread', [9, 6, 3, 8, 7, 5, 4, 2, 1]],
    ['latest', [9, 8, 7, 6, 5, 4, 3, 2, 1]],
    ['oldest', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['first-name', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['last-name', [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])('sorted by %s is the same page by page', async (sort, order) => {
    expect(await subjects({ sort })).toEqual(order)
    expect(await paged({ sort })).toEqual(order)
  })

  it('sorted by the number of messages has the longest first', async () => {
    const sorted = await paged({ sort: 'messages' })
    expect(new Set(sorted.slice(0, 4))).toEqual(new Set([3, 4, 6, 9]))
    expect(sorted).toHaveLength(PEOPLE)
  })

  it.each<[Filter, number[]]>([
    ['unread', [9, 6, 3]],
    ['needs-answer', [9, 6, 3]],
    ['waiting', [8, 7, 5, 2, 1]],
    ['unanswered', [8, 7, 5, 2, 1]],
    ['closed', [4]],
  ])('of %s', async (filter, expected) => {
    expect(await subjects({ filter })).toEqual(expected)
    expect(await paged({ filter, sort: 'last-name' })).toEqual(expected.toSorted((a, b) => a - b))
  })

  it('counts what each filter holds', async () => {
    const { counts } = await list({ scope: scopeCourse(2) })
    expect(counts).toEqual({ unread: 3, needsAnswer: 3, waiting: 5 })
    const accounts = await tara.store.accounts.toArray()
    const more = await moreCountsOf(tara.store, accounts, scopeCourse(2))
    expect(more).toEqual({ drafts: 0, unanswered: 5, closed: 1, snoozed: 0, labels: [] })
  })

  it('by activity names each group once, with how many it has beyond this screen', async () => {
    const { rows, groups } = await list({ scope: scopeCourse(2), group: 'activity', limit: 2 })
    expect(rows.map(({ group }) => group)).toEqual(Array(2).fill('mod/assign/view.php?id=3'))
    expect(groups).toMatchObject([{ key: 'mod/assign/view.php?id=3', dialogues: 9, unread: 3 }])
  })

  it('by activity ends with what is about none', async () => {
    const all = (await list()).rows.length
    const { rows } = await list({ group: 'activity' })
    expect(rows).toHaveLength(all)
    expect(all).toBeGreaterThan(PEOPLE)
    expect(rows.at(-1)).not.toHaveProperty('group')
  })

  it('by person has a group for each', async () => {
    const { groups } = await list({ scope: scopeCourse(2), group: 'person' })
    expect(groups).toHaveLength(PEOPLE)
    expect(groups?.[0]).toMatchObject({ key: refOf(1).conversationKey, dialogues: 1 })
  })
})

describe('marks of one’s own', () => {
  it('done leaves what needs an answer, until somebody says something new', async () => {
    await mark(3, { done: true })
    expect(await subjects({ filter: 'needs-answer' })).toEqual([9, 6])
    expect(await subjects({ filter: 'closed' })).toContain(3)
    const text = `<p>One more thing.</p>${writeLink({ url: simulator.wwwroot, dialogueId: id(3), m: id(399), does: 'reply', courseId: 2, subject: 'Essay of 3' })}`
    simulator.say({ from: 'student3', to: 'teacher1', text })
    await tara.engine.round(tara.accountId)
    expect(await subjects({ filter: 'needs-answer' })).toContain(3)
  })

  it('unread again counts as unread', async () => {
    await mark(1, { unreadAgain: true })
    expect(await subjects({ filter: 'unread' })).toContain(1)
    await mark(1, { unreadAgain: false })
    expect(await subjects({ filter: 'unread' })).not.toContain(1)
  })

  it('put off leaves every list but its own and comes back in time', async () => {
    await mark(2, { snoozeUntil: 5000 })
    expect(await subjects()).not.toContain(2)
    expect(await subjects({ filter: 'snoozed' })).toEqual([2])
    const accounts = await tara.store.accounts.toArray()
    expect(await nextWaking(tara.store, accounts)).toBe(5000)
    expect(await wake(tara.store, accounts, 4999)).toEqual([])
    expect(await subjects({ now: 5000 })).toContain(2)
    expect(await tara.store.marks.get([tara.accountId, refOf(2).conversationKey, id(2)])).toBeUndefined()
  })

  it('put off comes back when somebody says something', async () => {
    await mark(6, { snoozeUntil: 9e9 })
    expect(await subjects()).not.toContain(6)
    const text = `<p>Now.</p>${writeLink({ url: simulator.wwwroot, dialogueId: id(6), m: id(699), does: 'reply', courseId: 2, subject: 'Essay of 6' })}`
    simulator.say({ from: 'student6', to: 'teacher1', text })
    await tara.engine.round(tara.accountId)
    expect(await subjects()).toContain(6)
  })

  it('labels are lists, and a name stands in place of the subject', async () => {
    await mark(5, { labels: ['exam', 'call'], name: 'The difficult one' })
    expect(await subjects({ filter: 'label:exam' })).toEqual([5])
    const accounts = await tara.store.accounts.toArray()
    expect((await moreCountsOf(tara.store, accounts, scopeAll)).labels).toEqual([
      { label: 'call', dialogues: 1 },
      { label: 'exam', dialogues: 1 },
    ])
    const { rows } = await list({ filter: 'label:call' })
    expect(rows[0]).toMatchObject({
      name: 'The difficult one',
      subject: 'Essay of 5',
      labels: ['exam', 'call'],
    })
  })

  it('a draft is listed from its first letter to its last', async () => {
    const { conversationKey, dialogueId } = refOf(7)
    const key = `${conversationKey}/${dialogueId}`
    const draft = tara.draft('Half', { key, conversationKey, dialogueId, revision: 'r' })
    await saveDraft(tara.store, draft)
    expect(await subjects({ filter: 'drafts' })).toEqual([7])
    await discardDraft(tara.store, { ...draft, basedOn: ['r'] })
    expect(await subjects({ filter: 'drafts' })).toEqual([])
  })
})
