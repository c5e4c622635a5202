import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { running } from './running.ts'
import { page } from './talk.ts'

const simulator = running()
const open = async (path: string, as = 'teacher1') => {
  const response = await page(simulator(), path, simulator().login(as).cookie)
  return { status: response.status, html: await response.text() }
}
const configOf = (html: string) => JSON.parse(/M\.cfg = (\{.*?\});/.exec(html)?.[1] ?? '{}')
const bodyOf = (html: string) => /<body {2}id="([^"]*)" class="([^"]*)"/.exec(html)?.slice(1) ?? []

/** Tags that were opened and not closed, or the other way round. */
function unbalanced(html: string): string[] {
  const held: string[] = []
  const wrong: string[] = []
  new Parser({
    onopentag: (name) => held.push(name),
    onclosetag: (name, implied) => {
      const voids = ['meta', 'link', 'input', 'img', 'br', 'hr', 'path']
      if (implied && !voids.includes(name)) wrong.push(name)
      held.pop()
    },
  }).end(html)
  return wrong
}

const pages = [
  ['/course/view.php?id=2', 'page-course-view-topics', 'pagelayout-course course-2 context-73'],
  ['/mod/assign/view.php?id=3', 'page-mod-assign-view', 'path-mod path-mod-assign'],
  ['/mod/forum/view.php?id=4', 'page-mod-forum-view', 'cmid-4 cm-type-forum'],
  ['/mod/page/view.php?id=5', 'page-mod-page-view', 'pagelayout-incourse'],
  ['/mod/dialogue/view.php?id=6', 'page-mod-dialogue-view', 'cmid-6'],
  ['/mod/forum/discuss.php?d=1', 'page-mod-forum-discuss', 'cmid-4'],
  ['/mod/assign/view.php?id=3&action=grader&userid=6', 'page-mod-assign-grader', 'cmid-3'],
  ['/mod/assign/view.php?id=3&action=grading', 'page-mod-assign-grading', 'cmid-3'],
  ['/user/index.php?id=2', 'page-course-view-participants', 'path-user'],
  ['/user/view.php?id=5&course=2', 'page-course-view-topics', 'path-user'],
  ['/grade/report/user/index.php?id=2&userid=5', 'page-grade-report-user-index', 'path-grade'],
  ['/grade/report/grader/index.php?id=2', 'page-grade-report-grader-index', 'path-grade'],
  ['/user/profile.php?id=5', 'page-user-profile', 'path-user'],
  ['/message/index.php?id=5', 'page-message-index', 'path-message'],
  ['/my/', 'page-my-index', 'path-my'],
] as const

describe.each(pages)('%s', (path, id, classes) => {
  test('has the landmarks, the body classes and the page’s configuration', async () => {
    const { html, status } = await open(path)
    expect(status).toBe(200)
    const [bodyId, bodyClass] = bodyOf(html)
    expect(bodyId).toBe(id)
    expect(bodyClass).toContain(classes)
    for (const landmark of ['id="page"', 'id="region-main"', 'role="main"']) expect(html).toContain(landmark)
    expect(configOf(html)).toMatchObject({
      ...(id === 'page-mod-assign-grader' ? {} : { userId: 3 }),
      siteId: 1,
      wwwroot: simulator().wwwroot,
      language: 'en',
    })
    expect(unbalanced(html)).toEqual([])
  })
})

describe('pages', () => {
  test('have the bar that the launcher stands in, with whose page it is', async () => {
    const { html } = await open('/course/view.php?id=2')
    expect(html).toContain('id="usernavigation"')
    expect(html).toMatch(/data-userid="3" data-region="popover-region"/)
  })

  test('name course and activity in their configuration', async () => {
    expect(configOf((await open('/mod/assign/view.php?id=3')).html)).toMatchObject({
      courseId: 2,
      contextid: 75,
      contextInstanceId: 3,
    })
  })

  test('that are a teacher’s answer students an error page', async () => {
    for (const path of [
      '/mod/assign/view.php?id=3&action=grader&userid=6',
      '/mod/assign/view.php?id=3&action=grading',
      '/grade/report/grader/index.php?id=2',
      '/grade/report/user/index.php?id=2&userid=6',
    ]) {
      expect((await open(path, 'student1')).status).toBe(404)
    }
  })

  test('a hidden activity is for teachers only, and its name stands nowhere for students', async () => {
    simulator().hideModule(5)
    expect((await open('/mod/page/view.php?id=5', 'student1')).status).toBe(404)
    expect((await open('/course/view.php?id=2', 'student1')).html).not.toContain('Reading list')
    expect((await open('/course/view.php?id=2')).html).toContain('Reading list')
    simulator().hideModule(5, false)
  })

  test('come in dark, and from right to left, and stay so', async () => {
    const { cookie } = simulator().login('teacher1')
    await page(simulator(), '/my/?theme=dark&lang=ar', cookie)
    const html = await (await page(simulator(), '/course/view.php?id=2', cookie)).text()
    expect(html).toContain('<html dir="rtl" lang="ar" data-bs-theme="dark">')
    expect(bodyOf(html)[1]).toContain('dir-rtl lang-ar')
  })

  test('the message page shows what arrived, marks it read, and sends', async () => {
    simulator().say({ from: 'teacher1', to: 'student9', text: '<p>for you</p>' })
    const { cookie, sesskey } = simulator().login('student9')
    const html = await (await page(simulator(), '/message/index.php?id=3', cookie)).text()
    expect(html).toContain('<p>for you</p>')
    expect(simulator().school.unread.get(13)?.size ?? 0).toBe(0)
    const body = new URLSearchParams({ sesskey, id: '3', text: 'thank you' })
    await fetch(`${simulator().wwwroot}/message/index.php`, { method: 'POST', body, headers: { cookie } })
    expect(simulator().messagesBetween('student9', 'teacher1').at(-1)?.text).toBe('thank you')
  })

  test('show nothing of hostile words', async () => {
    simulator().say({
      from: 'teacher1',
      to: 'student10',
      text: '<script>alert(1)</script><img src=x onerror=alert(1)>',
    })
    const { html } = await open('/message/index.php?id=3', 'student10')
    expect(html).not.toContain('alert(1)')
  })
})
