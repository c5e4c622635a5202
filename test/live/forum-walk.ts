import { chromium, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/chromium.ts'
import { logIn } from '../e2e/browser.ts'
import { boxOf, openPanel, panelOf, send, showAll } from '../e2e/classroom.ts'
import { ask } from '../e2e/switch-on.ts'
import { discussionPath, type Grounds } from './landmarks-walk.ts'
import { endTours, type Steps, until } from './steps.ts'

export interface Side {
  page: Page
  own: Page
  fullName: string
  userId: number
}

interface Walk extends Grounds {
  teacher: Side
  student: Side
  login: { username: string; password: string }
  mark: string
}

const TEXT = '[data-region="send-message-txt"]'

/** A browser without the extension, as most students have. */
async function plainBrowser({ wwwroot, login }: Walk) {
  const browser = await chromium.launch({ executablePath: await findChromium(), chromiumSandbox: false })
  const context = await browser.newContext()
  const page = async (url: string) => {
    const opened = await context.newPage()
    await endTours(opened)
    await opened.goto(url)
    return opened
  }
  await logIn({ page }, wwwroot, login.username, login.password)
  return { browser, context, page }
}

/** The drawer shows its list one part at a time, and which one first depends on what is in them. */
async function inDrawer(page: Page, teacherId: number): Promise<void> {
  const talks = page.locator('[data-region="message-drawer"] [data-region="view-overview-messages"]').first()
  // Moodle's scripts come late: until then the button does nothing.
  await until('the drawer is open', async () => {
    if (await talks.isVisible()) return true
    await page.locator('[id^="message-drawer-toggle-"]').first().click()
    return false
  })
  const toggle = talks.locator('.overview-section-toggle')
  const teacher = talks.locator(`[data-user-id="${teacherId}"]`)
  await until('the teacher is listed in the drawer', async () => {
    if (await teacher.isVisible()) return true
    if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
    return false
  })
  await teacher.click()
}

/** By private dialogue from a forum post, to a student who knows nothing of it, and back. */
export async function walkFromForum(walk: Walk, steps: Steps): Promise<void> {
  const { teacher, student, wwwroot, mark } = walk
  const { step, picture } = steps
  const words = `Privately, ${mark}.`
  const answer = `From Moodle’s own messages, ${mark}.`
  let subject = ''

  await step('a forum post is answered privately', async () => {
    await teacher.page.goto(wwwroot + (await discussionPath(teacher.page, walk)))
    const action = teacher.page.locator('aside-action').getByRole('menuitem', {
      name: `Answer privately: ${student.fullName}`,
    })
    await action.first().click()
    await panelOf(teacher.page).locator('.new-pane').waitFor()
    const line = panelOf(teacher.page).getByLabel('Subject')
    subject = `${await line.inputValue()} ${mark}`
    await line.fill(subject)
    await boxOf(teacher.page).press('Control+End')
    await boxOf(teacher.page).pressSequentially(words)
    await picture(teacher.page, 'forum-answer')
    await send(teacher.page)
    await until('it is delivered', async () => {
      const shown = await panelOf(teacher.page).getByText(words).count()
      return shown > 0 && (await panelOf(teacher.page).locator('article.entry').count()) === 0
    })
  })

  const plain = await plainBrowser(walk)
  const messages = await plain.page(`${wwwroot}/message/index.php?id=${teacher.userId}`)
  let page = messages
  await step('the student, without the extension, follows the link to the post', async () => {
    // The list of conversations shows the last message's words too, and comes first.
    const link = messages
      .locator('a[href*="#dialogue="]', { hasText: subject })
      .filter({ visible: true })
      .last()
    await link.waitFor()
    await picture(messages, 'student-reads')
    const [discussion] = await Promise.all([plain.context.waitForEvent('page'), link.click()])
    await discussion.locator(`#p${new URL(discussion.url()).searchParams.get('parent')}`).waitFor()
    await picture(discussion, 'student-follows')
    page = discussion
  })
  await step('and answers there, in Moodle’s own drawer', async () => {
    await inDrawer(page, teacher.userId)
    await page.locator(TEXT).filter({ visible: true }).fill(answer)
    await page.locator('[data-action="send-message"]').filter({ visible: true }).click()
    await page.getByText(answer).filter({ visible: true }).last().waitFor()
    await picture(page, 'student-answers')
  })
  await plain.browser.close()

  await step('the teacher sees the answer in that dialogue', async () => {
    await ask(teacher.own, 'refresh', {})
    await panelOf(teacher.page).getByText(answer, { exact: true }).waitFor({ timeout: 30_000 })
    await panelOf(teacher.page).getByRole('heading', { name: subject }).waitFor()
    await picture(teacher.page, 'teacher-sees')
  })
  await step('and closes it for both', async () => {
    const panel = panelOf(teacher.page)
    await panel.locator('.thread-head').getByRole('button', { name: 'More', exact: true }).click()
    await panel.getByRole('button', { name: 'Close for both…' }).click()
    await panel.locator('.sheet').getByRole('button', { name: 'Close for both' }).click()
    await panelOf(teacher.page)
      .getByText(/Closed by/)
      .first()
      .waitFor()
    await until(
      'it is delivered',
      async () => (await panelOf(teacher.page).locator('article.entry').count()) === 0,
    )
    await picture(teacher.page, 'teacher-closed')
  })
  await step('with the extension on, the student sees it closed', async () => {
    await student.page.bringToFront()
    await ask(student.own, 'refresh', {})
    if ((await panelOf(student.page).locator('.list-pane').count()) === 0) await openPanel(student.page)
    await showAll(student.page)
    await panelOf(student.page).getByText(subject).first().click()
    await panelOf(student.page)
      .getByText(/Closed by/)
      .first()
      .waitFor({ timeout: 30_000 })
    await picture(student.page, 'student-sees-closed')
  })
}
