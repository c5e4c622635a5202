import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readLink } from '../../lib/dialogue/link.ts'
import { violationsIn } from './axe.ts'
import { launch, logIn } from './browser.ts'
import { boxOf, type Classroom, openClassroom, openPanel, panelOf, send } from './classroom.ts'
import { ask, switchOn } from './switch-on.ts'

let room: Classroom
let page: Page

beforeAll(async () => {
  room = await openClassroom()
  await ask(room.own, 'saveSettings', { undoSeconds: 0 })
  room.simulator.setSubmission(1, 'student2', {
    submitted: true,
    requiregrading: true,
    grantedextension: false,
    submissionstatus: 'submitted',
  })
})

afterAll(() => room.close())

afterEach(() => page.close())

const GRADER = '/mod/assign/view.php?id=3&action=grader&userid=6'
const actionsOf = (on: Page) => on.locator('aside-action')
const action = (name: string | RegExp) => page.locator('aside-action').getByRole('button', { name })
const toOf = (on: Page) => panelOf(on).locator('.pick-name')
const subjectOf = (on: Page) => panelOf(on).getByLabel('Subject')
const sentTo = (username: string) =>
  room.simulator.messagesBetween('teacher1', username).map(({ text }) => text)

async function visit(path: string): Promise<void> {
  page = await room.teacher.page(room.simulator.wwwroot + path)
  await page.bringToFront()
}

async function expectBegun(to: string | RegExp, subject: string): Promise<void> {
  await toOf(page).getByText(to).waitFor()
  await expect.poll(() => subjectOf(page).inputValue()).toBe(subject)
}

describe('a forum post', () => {
  it('is answered privately, with its words and a link that its author can follow', async () => {
    await visit('/mod/forum/discuss.php?d=1')
    const item = page.locator('#p1 > .forumpost').getByRole('menuitem', { name: /^Answer privately/ })
    await item.waitFor()
    expect(await actionsOf(page).count()).toBe(1)
    expect(await violationsIn(page, ['#p1'])).toEqual([])
    await item.click()
    await expectBegun('Student Number1', 'Where do mitochondria come from?')
    await boxOf(page).press('End')
    await boxOf(page).pressSequentially('Both are half right.')
    await send(page)
    await expect.poll(() => sentTo('student1').at(-1)).toContain('half right')
    const { wwwroot } = room.simulator
    const { body, link } = readLink(sentTo('student1').at(-1) ?? '', { wwwroot })
    expect(body).toBe('<blockquote><p>I read two answers.</p></blockquote><p>Both are half right.</p>')
    expect(link?.url).toBe(`${wwwroot}/mod/forum/discuss.php?d=1&parent=1`)
    expect(link).toMatchObject({ does: 'open', courseId: 2, text: 'Where do mitochondria come from?' })
  })

  it('of a hidden forum gives away neither its name nor a link that leads nowhere', async () => {
    const { school } = room.simulator
    const post = { id: 9, parent: 0, userid: 5, subject: 'The secret plan', message: 'Hush.', created: 0 }
    school.discussions.set(9, { id: 9, forum: 2, course: 3, name: post.subject, posts: [post] })
    room.simulator.hideModule(2)
    await visit('/mod/forum/discuss.php?d=9')
    await page.getByRole('menuitem', { name: /^Answer privately/ }).click()
    await expectBegun('Student Number1', 'History 201')
    await panelOf(page).getByText('About: History 201').waitFor()
  })
})

/** Ninety posts, each in answer to the first. */
function discussAtLength(id: number): void {
  const { school } = room.simulator
  const posts = Array.from({ length: 90 }, (_, n) => ({
    id: 1000 + n,
    parent: n === 0 ? 0 : 1000,
    userid: 5 + (n % 7),
    subject: 'The cell wall',
    message: `Number ${n}`,
    created: 0,
  }))
  school.discussions.set(id, { id, forum: 4, course: 2, name: 'The cell wall', posts })
}

describe('a long discussion', () => {
  const answerTo = (post: number) => page.locator(`#p${post} > .forumpost aside-action`)

  it('has its actions where somebody looks, wherever they jump, and after Moodle has drawn a post anew', async () => {
    discussAtLength(10)
    await visit('/mod/forum/discuss.php?d=10')
    await answerTo(1001).waitFor()
    expect(await answerTo(1089).count()).toBe(0)
    await page.evaluate(() => document.querySelector('#p1089')?.scrollIntoView())
    await answerTo(1089).waitFor()
    expect(await actionsOf(page).count()).toBeLessThan(60)
    await page.locator('#p1089').evaluate((post) => {
      const anew = post.cloneNode(true) as Element
      anew.querySelector('aside-action')?.remove()
      post.replaceWith(anew)
    })
    await answerTo(1089).waitFor()
    expect(await answerTo(1089).count()).toBe(1)
  })
})

describe('the grader', () => {
  it('has an action for whoever is on screen; what is written stays with its person', async () => {
    await visit(GRADER)
    await action('Write privately: Student Number2').click()
    await expectBegun('Student Number2', 'Essay 1')
    await panelOf(page).getByText('Submitted for grading').waitFor()
    await boxOf(page).fill('Your second paragraph')
    await page.getByRole('button', { name: 'Next user' }).click()
    await action('Write privately: Student Number3').waitFor()
    expect(await actionsOf(page).count()).toBe(1)
    await panelOf(page).getByText('This page is now about Student Number3').waitFor()
    expect(await toOf(page).allTextContents()).toEqual(['Student Number2'])
    await action('Write privately: Student Number3').click()
    await expectBegun('Student Number3', 'Essay 1')
    expect(await boxOf(page).inputValue()).toBe('')
  })

  it('that marks blindly has none, and the panel names nobody', async () => {
    room.simulator.markBlindly(3)
    await visit(GRADER)
    await page.getByText('Participant 1042').waitFor()
    await page.getByRole('button', { name: 'Next user' }).click()
    await page.getByText('Participant 1049').waitFor()
    await page.locator('aside-launcher button').waitFor()
    await panelOf(page).waitFor({ state: 'detached' })
    expect(await actionsOf(page).count()).toBe(0)
    room.simulator.markBlindly(3, false)
  })
})

describe('a list of people', () => {
  it('has one action a row, and keeps them when Moodle draws the table anew', async () => {
    await visit('/user/index.php?id=2')
    await action('Write to Student Number5 privately').waitFor()
    await page.locator('[data-sortable]').click()
    await page.locator('#participants tbody tr').first().getByText('Student Number60').waitFor()
    await action('Write to Student Number60 privately').click()
    await expectBegun('Student Number60', 'Biology 101')
    expect(await violationsIn(page, ['#participants', '.buttons'])).toEqual([])
    for (const id of [8, 9, 10]) await page.check(`#user${id}`)
    await action('Write to 3 people privately, a copy each').click()
    await panelOf(page).getByText('3 people get a private copy each').waitFor()
    await toOf(page).getByText('Student Number6').waitFor()
  })

  it('of submissions says where each stands', async () => {
    await visit('/mod/assign/view.php?id=3&action=grading')
    await action('Write to Student Number2 privately').click()
    await expectBegun('Student Number2', 'Essay 1')
    await panelOf(page).getByText('Submitted for grading').waitFor()
  })
})

/** All that a script of the page can find out of each, one line each. */
function measured(selector: string): Promise<string[]> {
  return page.locator(selector).evaluateAll((hosts) =>
    hosts.map((host) => {
      host.scrollIntoView({ block: 'center' })
      const { x, y, width, height } = host.getBoundingClientRect()
      const steps = Array.from({ length: 12 }, (_, n) => x + ((n + 0.5) * width) / 12)
      const hits = steps.map((at) => document.elementFromPoint(at, y + height / 2) === host)
      ;(host as HTMLElement).focus()
      const isFocused = document.activeElement === host
      return JSON.stringify([host.outerHTML, width, height, host.scrollWidth, ...hits, isFocused])
    }),
  )
}

describe('the course page', () => {
  it('has one action an activity, for whomever the teacher picks, and counts what is about it', async () => {
    await visit('/course/view.php?id=2')
    await action('Write about Reading list').waitFor()
    expect(await violationsIn(page, ['.course-content'])).toEqual([])
    await action('Write about Essay 1').click()
    await expect.poll(() => subjectOf(page).inputValue()).toBe('Essay 1')
    await panelOf(page).getByRole('combobox', { name: 'To' }).fill('Number7')
    await panelOf(page).getByRole('option', { name: 'Student Number7' }).click()
    await boxOf(page).fill('Well done.')
    await send(page)
    await expect.poll(() => sentTo('student7').length).toBe(1)
    await page.reload()
    await action('1 dialogue about General').waitFor()
    expect(new Set(await measured('li.activity aside-action')).size).toBe(1)
    expect(new Set(await measured('.sectionname aside-action')).size).toBe(1)
    await action('1 dialogue about Essay 1').click()
    await panelOf(page).getByRole('button', { name: 'Essay 1', pressed: true }).waitFor()
    await panelOf(page).locator('.row', { hasText: 'Student Number7' }).waitFor()
  })

  it('asks the teacher for a student', async () => {
    const student = await launch()
    await logIn(student, room.simulator.wwwroot, 'student1')
    const theirs = await student.page(`${room.simulator.wwwroot}/course/view.php?id=2`)
    await switchOn(student, room.simulator.wwwroot)
    await theirs.bringToFront()
    await actionsOf(theirs)
      .getByRole('button', { name: / about Essay 1$/ })
      .click()
    await toOf(theirs).getByText('Tara Teacher').waitFor()
    await student.close()
  })
})

describe('one person', () => {
  it.each([
    ['/user/view.php?id=8&course=2', 'Biology 101'],
    ['/user/profile.php?id=8', ''],
    ['/grade/report/user/index.php?id=2&userid=8', 'Biology 101'],
  ])('on %s has one action', async (path, subject) => {
    await visit(path)
    await action('Write privately: Student Number4').click()
    await expectBegun('Student Number4', subject)
  })
})

describe('an action', () => {
  it('does nothing when a script of the page presses it', async () => {
    await visit('/user/profile.php?id=8')
    const button = action('Write privately: Student Number4')
    await button.waitFor()
    await button.evaluate((element: HTMLElement) => element.click())
    await button.dispatchEvent('click')
    await openPanel(page)
    expect(await panelOf(page).locator('.new-pane').count()).toBe(0)
  })

  it('has a shortcut, which means whoever the page is about', async () => {
    await visit('/user/profile.php?id=8')
    await action('Write privately: Student Number4').waitFor()
    const [worker] = room.teacher.context.serviceWorkers()
    await worker?.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
      chrome.commands.onCommand.dispatch('open-here', tab)
    })
    await expectBegun('Student Number4', '')
  })
})

declare const chrome: {
  tabs: { query(ask: object): Promise<object[]> }
  commands: { onCommand: { dispatch(command: string, tab: object | undefined): void } }
}
