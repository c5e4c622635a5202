import { readFile } from 'node:fs/promises'
import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'
import { LANDMARKS, landmarksOf } from '../../entrypoints/actions/landmarks.ts'
import { assignmentIn, placesIn, seenIn } from '../../entrypoints/actions/places.ts'
import { PLACES } from '../../entrypoints/launcher/place-pages.ts'
import { running } from '../simulator/running.ts'
import { page } from '../simulator/talk.ts'

const simulator = running()

async function open(path: string, as = 'teacher1'): Promise<Document> {
  const response = await page(simulator(), path, simulator().login(as).cookie)
  const window = new Window({ url: simulator().wwwroot + path })
  window.document.write(await response.text())
  return window.document as unknown as Document
}

async function landmarksOn(path: string, as?: string) {
  const document = await open(path, as)
  const address = simulator().wwwroot + path
  return [document, landmarksOf(new URL(address).pathname, document.body.id), address] as const
}

const placesOn = async (path: string, as?: string) => placesIn(...(await landmarksOn(path, as)))

const peopleOn = async (path: string) => seenIn(...(await landmarksOn(path))).personIds

const PAGES = [
  ['post', '/mod/forum/discuss.php?d=1', [5, 3]],
  ['submission', '/mod/assign/view.php?id=3&action=grading', [5, 6, 7]],
  ['participant', '/user/index.php?id=2', [3, 4, 5]],
  ['profile', '/user/view.php?id=5&course=2', [5]],
  ['profile', '/user/profile.php?id=5', [5]],
  ['grades', '/grade/report/user/index.php?id=2&userid=5', [5]],
  ['activity', '/course/view.php?id=2', [undefined, undefined, undefined]],
] as const

describe.each(['boost', 'classic'])('on the pages of %s', (look) => {
  it.each(PAGES)('there is a place for each %s of %s', async (kind, path, people) => {
    const places = await placesOn(`${path}&look=${look}`)
    expect(places.slice(0, people.length).map(({ personId }) => personId)).toEqual(people)
    expect(new Set(places.map(({ landmark }) => landmark.kind))).toEqual(new Set([kind]))
    for (const { item, at } of places) expect(item.contains(at)).toBe(true)
    const everybody = new Set(places.flatMap(({ personId }) => personId ?? []))
    expect(new Set(await peopleOn(`${path}&look=${look}`))).toEqual(everybody)
  })
})

describe('the landmarks', () => {
  it('are walked, each of them, but for the grader, which is drawn by script', () => {
    const walked = new Set<string>(PAGES.map(([kind]) => kind))
    expect(LANDMARKS.map(({ kind }) => kind).filter((kind) => !walked.has(kind))).toEqual(['grader'])
  })

  it('are looked for by the launcher on their own pages only', async () => {
    for (const [, path] of PAGES) expect((await open(path)).body.id).toMatch(PLACES)
    const grader = await open('/mod/assign/view.php?id=3&action=grader')
    expect(grader.body.id).toMatch(PLACES)
    for (const path of ['/my/', '/mod/assign/view.php?id=3', '/mod/page/view.php?id=5', '/message/index.php'])
      expect((await open(path)).body.id).not.toMatch(PLACES)
  })

  it('say where they were read', async () => {
    const source = await readFile('entrypoints/actions/landmarks.ts', 'utf8')
    const landmarks = source.match(/^ {4}kind: .*|^export const \w+ = \{$/gm)
    const files = source.match(/^ *\/\/ .*\.(mustache|php)/gm)
    expect(landmarks).toHaveLength(LANDMARKS.length + 5)
    expect(files).toHaveLength(landmarks?.length ?? 0)
  })

  it('give an answer within a post to whoever wrote it, and not to whom it answers', async () => {
    const [first, second] = await placesOn('/mod/forum/discuss.php?d=1')
    expect(first?.item.contains(second?.item ?? null)).toBe(true)
    expect(first?.item.contains(second?.at ?? null)).toBe(true)
    expect([first?.personId, second?.personId]).toEqual([5, 3])
    expect(first?.at.closest('article')).toBe(first?.item)
  })

  it('of a long page are looked at no further than asked, with the people down to there', async () => {
    const on = await landmarksOn('/mod/forum/discuss.php?d=1')
    const { items, personIds } = seenIn(...on, 1)
    expect(items.map(({ item }) => item.id)).toEqual(['p1'])
    expect(personIds).toEqual([5])
    expect(seenIn(...on).items.length).toBeGreaterThan(1)
  })

  it('are nowhere on other pages', async () => {
    for (const path of [
      '/my/',
      '/mod/forum/view.php?id=4',
      '/mod/assign/view.php?id=3',
      '/message/index.php',
    ])
      expect(await placesOn(path)).toEqual([])
  })

  it('are nowhere where an assignment is marked blindly, even for those who may see names', async () => {
    simulator().markBlindly(3)
    const path = '/mod/assign/view.php?id=3&action=grading'
    expect(await placesOn(path)).toEqual([])
    const document = await open(path)
    const row = document.querySelector('tr.user5 td.c1')
    if (row) row.innerHTML = '<a href="/user/view.php?id=5&course=2">Participant 1035 (Anna)</a>'
    expect(placesIn(document, landmarksOf('/mod/assign/view.php', document.body.id), path)).toEqual([])
    simulator().markBlindly(3, false)
  })
})

describe('the grader', () => {
  it.each([false, true])(
    'tells its assignment’s own id once somebody is drawn (blindly: %s)',
    async (blindly) => {
      simulator().markBlindly(3, blindly)
      const document = await open('/mod/assign/view.php?id=3&action=grader')
      expect(assignmentIn(document)).toBeUndefined()
      const [first] = JSON.parse(document.getElementById('people')?.textContent ?? '[]')
      const info = document.querySelector('[data-region="user-info"]')
      if (info) info.innerHTML = first.html
      expect(assignmentIn(document)).toBe(simulator().school.modules.get(3)?.instance)
      simulator().markBlindly(3, false)
    },
  )
})
