import { expect, expectTypeOf, test } from 'vitest'
import { type DocumentLike, type PageFacts, pageFacts, readPage } from '../../lib/moodle/index.ts'

const config = {
  wwwroot: 'https://moodle.example/school',
  sesskey: 'abc',
  homeurl: {},
  language: 'en',
  userId: 3,
}
const script = (values: object) =>
  `var M = {}; M.yui = {};\nM.cfg = ${JSON.stringify(values)};var yui1 = {a: 1};`
const facts = (changes: Partial<PageFacts> & { cfg?: object } = {}): PageFacts => ({
  scripts: ['window.x = {};', script({ ...config, ...changes.cfg })],
  bodyClass: '',
  bodyId: 'page-my-index',
  lang: 'en',
  ...changes,
})

test('a page without M.cfg is no Moodle', () => {
  expect(readPage(facts({ scripts: ['var a = {}', 'console.log("M.cfg")'] }))).toBeUndefined()
  expect(readPage(facts({ scripts: [] }))).toBeUndefined()
})

test('an M.cfg that is no JSON, or lacks the sesskey, is no Moodle either', () => {
  expect(readPage(facts({ scripts: ['M.cfg = {wwwroot: x}'] }))).toBeUndefined()
  expect(readPage(facts({ scripts: ['M.cfg = {"wwwroot":"https://moodle.example"};'] }))).toBeUndefined()
})

test('braces inside a value do not end M.cfg', () => {
  expect(readPage(facts({ cfg: { theme: 'a};b}' } }))).toMatchObject({ theme: 'a};b}', sesskey: 'abc' })
})

test('an activity page tells its course, activity and context', () => {
  const bodyClass =
    'path-mod path-mod-assign pagelayout-incourse course-index course-2 context-75 cmid-3 dir-ltr'
  expect(readPage(facts({ bodyClass, bodyId: 'page-mod-assign-view' }))).toEqual({
    wwwroot: 'https://moodle.example/school',
    sesskey: 'abc',
    userId: 3,
    courseId: 2,
    cmid: 3,
    contextId: 75,
    language: 'en',
    dir: 'ltr',
    pageId: 'page-mod-assign-view',
    layout: 'incourse',
    state: 'ok',
  })
})

test('older versions name the person only in an attribute', () => {
  const older = { scripts: [script({ wwwroot: config.wwwroot, sesskey: 'abc' })] }
  expect(readPage(facts({ ...older, userIdAttribute: '7' }))).toMatchObject({ userId: 7, state: 'ok' })
  const unknown = readPage(facts({ ...older, userIdAttribute: null }))
  expect(unknown).toMatchObject({ state: 'ok', language: 'en' })
  expect(unknown).not.toHaveProperty('userId')
})

test.each([
  ['logged-out', 'notloggedin', 0],
  ['logged-out', '', 0],
  ['guest', '', 1],
  ['logged-in-as', 'userloggedinas course-2', 5],
  ['switched-role', 'userswitchedrole', 3],
  ['ok', '', 3],
])('a session is %s with the classes "%s" and user %i', (state, bodyClass, userId) => {
  expect(readPage(facts({ bodyClass, cfg: { userId } }))).toMatchObject({ state })
})

test('the direction of writing comes from the document or the body', () => {
  expect(readPage(facts({ dir: 'rtl' }))).toMatchObject({ dir: 'rtl' })
  expect(readPage(facts({ bodyClass: 'dir-rtl' }))).toMatchObject({ dir: 'rtl' })
})

test('the facts are collected from anything shaped like a document', () => {
  expectTypeOf<Document>().toExtend<DocumentLike>()
  const asked: string[] = []
  const found = pageFacts({
    scripts: [{ textContent: 'M.cfg = {}' }, { textContent: null }],
    body: { className: 'a b', id: 'page-x' },
    documentElement: { lang: 'de', dir: 'ltr' },
    querySelector(selectors) {
      asked.push(selectors)
      return { getAttribute: (name) => (name === 'data-user-id' ? '9' : null) }
    },
  })
  expect(found).toEqual({
    scripts: ['M.cfg = {}', ''],
    bodyClass: 'a b',
    bodyId: 'page-x',
    userIdAttribute: '9',
    lang: 'de',
    dir: 'ltr',
  })
  expect(asked).toHaveLength(1)
})
