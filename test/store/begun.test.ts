import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { discardDraft, saveDraft } from '../../lib/store/drafts.ts'
import { moreCountsOf } from '../../lib/store/list-counts.ts'
import { scopeAll, scopeCourse, scopePage } from '../../lib/store/lists.ts'
import { readList } from '../../lib/store/read-list.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from '../sync/computer.ts'

let simulator: Simulator
let tara: Computer

const ANNA = { id: 5, fullName: 'Anna Weber', isDeleted: false }

async function begin(key: string, text: string, change: Partial<Draft> = {}): Promise<Draft> {
  const draft = { ...tara.draft(text), key, to: ANNA, subject: 'Essay 1', ...change }
  await saveDraft(tara.store, draft)
  return draft
}

beforeAll(async () => {
  simulator = await startSimulator({ conversations: 0 })
  tara = await computerOf(simulator, 'teacher1')
  await tara.store.courses.put({ accountId: tara.accountId, id: 2, name: 'Biology 101' })
  const essay = { name: 'Essay 1', courseId: 2, cmid: 3 }
  await begin('new/2/3', 'Your  second\nparagraph', {
    timeChanged: 100,
    about: { ...essay, url: `${simulator.wwwroot}/mod/assign/view.php?id=3` },
  })
  await begin('new/0/0', '> As you said\n\nI agree', { timeChanged: 300 })
  await begin('new/3/0', 'Dear all', {
    timeChanged: 200,
    subject: ' ',
    several: [
      { kind: 'group', courseId: 3, id: 8, name: 'Group A', without: [5, 6] },
      ...[1, 2, 3].map((id) => ({ kind: 'person' as const, person: { ...ANNA, id } })),
    ],
  })
  await begin('new/2/4', '', { subject: 'Prefilled by the page' })
  await begin('u5/general', 'An answer', {})
})

afterAll(() => simulator.close())

async function list(scope = scopeAll, filter: 'drafts' | 'all' = 'drafts', cursor?: string) {
  const accounts = [await tara.account()]
  return readList(tara.store, { accounts, scope, filter, limit: 50, ...(cursor ? { cursor } : {}) })
}

const keys = async (scope = scopeAll) => (await list(scope)).begun?.map(({ key }) => key)

describe('dialogues that do not exist yet', () => {
  it('stand in the list of drafts, the latest first, without answers and without what only a page filled in', async () => {
    expect(await keys()).toEqual(['new/0/0', 'new/3/0', 'new/2/3'])
    expect((await list(scopeAll, 'all')).begun).toBeUndefined()
    expect((await list(scopeAll, 'drafts', '{}')).begun).toBeUndefined()
  })

  it('say whom they are to, what about, and how they begin', async () => {
    const [second, third, first] = (await list()).begun ?? []
    expect(first).toMatchObject({
      subject: 'Essay 1',
      words: 'Your second paragraph',
      to: [{ kind: 'person', person: ANNA }],
      more: 0,
      course: { id: 2, name: 'Biology 101' },
      about: { name: 'Essay 1' },
    })
    expect(second?.words).toBe('I agree')
    expect(third).toMatchObject({ more: 1, to: [{ name: 'Group A', without: [] }, {}, {}] })
    expect(third?.subject).toBeUndefined()
  })

  it('belong to a course by their page or their group, and to their page', async () => {
    expect(await keys(scopeCourse(2))).toEqual(['new/2/3'])
    expect(await keys(scopeCourse(3))).toEqual(['new/3/0'])
    expect(await keys(scopePage('cm3'))).toEqual(['new/2/3'])
  })

  it('are counted with the drafts of answers', async () => {
    const count = async (scope: string) =>
      (await moreCountsOf(tara.store, [await tara.account()], scope)).drafts
    expect(await count(scopeAll)).toBe(3)
    expect(await count(scopeCourse(3))).toBe(1)
  })

  it('are gone when thrown away, and back when that is undone', async () => {
    const draft = await begin('new/9/9', 'A word', { timeChanged: 400 })
    expect(await keys()).toContain('new/9/9')
    await discardDraft(tara.store, draft)
    expect(await keys()).not.toContain('new/9/9')
    await saveDraft(tara.store, draft)
    expect(await keys()).toContain('new/9/9')
  })
})
