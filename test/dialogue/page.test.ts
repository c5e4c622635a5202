import { describe, expect, it } from 'vitest'
import { coursePageUrl, isOwnUrl, messagePageUrl, pageOf } from '../../lib/dialogue/page.ts'

const ROOT = 'https://moodle.example/school'
const page = (path: string, known = {}) => pageOf(`${ROOT}/${path}`, ROOT, known)

describe('pageOf', () => {
  it.each([
    ['course/view.php?id=5&section=2#section-2', {}, { kind: 'course', courseId: 5 }, 'course/view.php?id=5'],
    ['course/section.php?id=9', { courseId: 5 }, { kind: 'course', courseId: 5 }, 'course/view.php?id=5'],
    [
      'mod/assign/view.php?id=77',
      { courseId: 5, cmid: 77 },
      { kind: 'assign', cmid: 77, courseId: 5 },
      'mod/assign/view.php?id=77',
    ],
    [
      'mod/assign/view.php?id=77&action=grading',
      {},
      { kind: 'assign', cmid: 77 },
      'mod/assign/view.php?id=77',
    ],
    [
      'mod/assign/view.php?rownum=0&action=grader&userid=9&id=77',
      {},
      { kind: 'grader', cmid: 77, userId: 9 },
      'mod/assign/view.php?id=77',
    ],
    ['mod/forum/view.php?id=4', {}, { kind: 'forum', cmid: 4 }, 'mod/forum/view.php?id=4'],
    ['mod/forum/view.php?f=1', { cmid: 4 }, { kind: 'forum', cmid: 4 }, 'mod/forum/view.php?id=4'],
    [
      'mod/forum/discuss.php?d=3',
      {},
      { kind: 'forum-discussion', discussionId: 3 },
      'mod/forum/discuss.php?d=3',
    ],
    [
      'mod/forum/discuss.php?d=3#p7',
      { cmid: 4 },
      { kind: 'forum-post', discussionId: 3, postId: 7, cmid: 4 },
      'mod/forum/discuss.php?d=3&parent=7',
    ],
    [
      'mod/forum/discuss.php?parent=7&d=3',
      {},
      { kind: 'forum-post', discussionId: 3, postId: 7 },
      'mod/forum/discuss.php?d=3&parent=7',
    ],
    ['user/index.php?id=5&perpage=20', {}, { kind: 'participants', courseId: 5 }, 'user/index.php?id=5'],
    [
      'grade/report/user/index.php?id=5&userid=9&group=0',
      {},
      { kind: 'grades', courseId: 5, userId: 9 },
      'grade/report/user/index.php?id=5',
    ],
    ['grade/report/grader/index.php?id=5', {}, { kind: 'gradebook', courseId: 5 }, 'course/view.php?id=5'],
    [
      'user/view.php?id=9&course=5',
      {},
      { kind: 'profile', userId: 9, courseId: 5 },
      'user/view.php?id=9&course=5',
    ],
    ['user/profile.php?id=9', { courseId: 1 }, { kind: 'profile', userId: 9 }, 'user/profile.php?id=9'],
    ['message/index.php?id=9', {}, { kind: 'message', userId: 9 }, 'message/index.php'],
    ['message/', {}, { kind: 'message' }, 'message/index.php'],
    ['mod/quiz/attempt.php?attempt=3&cmid=8', {}, { kind: 'activity', cmid: 8 }, 'mod/quiz/view.php?id=8'],
    [
      'mod/page/view.php?id=6',
      { cmid: 6, courseId: 5 },
      { kind: 'activity', cmid: 6, courseId: 5 },
      'mod/page/view.php?id=6',
    ],
    [
      'mod/url/view.php?id=6',
      { courseId: 5 },
      { kind: 'activity', cmid: 6, courseId: 5 },
      'course/view.php?id=5',
    ],
    ['mod/lti/view.php?id=6', {}, { kind: 'site' }, ''],
    ['mod/assign/view.php?id=77;drop', {}, { kind: 'site' }, ''],
    ['mod/assign/view.php?id=-1', { courseId: 5 }, { kind: 'course', courseId: 5 }, 'course/view.php?id=5'],
    ['course/view.php?id=1', {}, { kind: 'site' }, ''],
    ['my/', { courseId: 1 }, { kind: 'site' }, ''],
    ['constructor', {}, { kind: 'site' }, ''],
    ['', {}, { kind: 'site' }, ''],
  ])('knows %s with %j as %j', (path, known, about, canonical) => {
    expect(page(path, known)).toEqual({ ...about, url: `${ROOT}/${canonical}`, key: canonical })
  })

  it('knows its own canonical addresses', () => {
    for (const path of [
      'course/view.php?id=5',
      'mod/assign/view.php?id=77',
      'mod/forum/discuss.php?d=3&parent=7',
      'user/view.php?id=9&course=5',
    ]) {
      const first = page(path)
      expect(first && pageOf(first.url, ROOT)?.key).toBe(first?.key)
    }
  })

  it('does not know other sites', () => {
    expect(pageOf('https://elsewhere.example/school/course/view.php?id=5', ROOT)).toBeUndefined()
    expect(pageOf('https://moodle.example/other/', ROOT)).toBeUndefined()
    expect(pageOf('no address', ROOT)).toBeUndefined()
  })

  it('gives the present scheme and does not mind a slash after the wwwroot', () => {
    expect(pageOf('http://moodle.example/school/course/view.php?id=5', `${ROOT}/`)?.url).toBe(
      `${ROOT}/course/view.php?id=5`,
    )
  })
})

it('Own addresses are those under the wwwroot or a former one, whatever the scheme', () => {
  const site = { wwwroot: ROOT, former: ['https://old.example'] }
  const own = [`${ROOT}/x`, 'http://moodle.example/school', 'https://old.example/x'].map((url) =>
    isOwnUrl(url, site),
  )
  const foreign = ['https://moodle.example/', 'https://old.example:8443/', 'mailto:a@moodle.example'].map(
    (url) => isOwnUrl(url, site),
  )
  expect([...own, ...foreign]).toEqual([true, true, true, false, false, false])
})

it('The pages that links fall back to stand under the wwwroot', () => {
  expect(coursePageUrl(`${ROOT}/`, 5)).toBe(`${ROOT}/course/view.php?id=5`)
  expect(messagePageUrl(ROOT)).toBe(`${ROOT}/message/index.php`)
})
