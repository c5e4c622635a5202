import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { launch, logIn } from './browser.ts'
import {
  beginDialogue,
  boxOf,
  type Classroom,
  COURSE,
  launcherOf,
  openClassroom,
  openDialogue,
  openPanel,
  panelOf,
  send,
  showAll,
} from './classroom.ts'
import { allowToBeClicked, ask } from './switch-on.ts'

let room: Classroom

beforeEach(async () => {
  room = await openClassroom()
  await ask(room.own, 'saveSettings', { undoSeconds: 0 })
})

afterEach(() => room.close())

const listOf = (own: Page) => ask(own, 'dialogues', { scope: { kind: 'all' }, filter: 'all', limit: 50 })

async function openGeneral(page: Page, name = 'Student Number1'): Promise<void> {
  await openPanel(page)
  await showAll(page)
  await openDialogue(page, name)
}

describe('bad input', () => {
  it('blank text cannot be sent, and 4,097 bytes cannot', async () => {
    const { page } = room
    await openGeneral(page)
    const button = panelOf(page).getByRole('button', { name: /^Send to / })
    await boxOf(page).fill('   ')
    expect(await button.isDisabled()).toBe(true)
    await boxOf(page).fill('x'.repeat(4096 - '<p></p>'.length + 1))
    await expect.poll(() => button.isDisabled()).toBe(true)
    await boxOf(page).fill('x'.repeat(4096 - '<p></p>'.length))
    await expect.poll(() => button.isEnabled()).toBe(true)
  })

  it('a recipient who refuses is named with the reason, and the words come back', async () => {
    const { page, simulator } = room
    simulator.faults.add({ kind: 'latency', ms: 1 })
    await openGeneral(page)
    simulator.suspend('student1')
    simulator.setPrivacy('student1', 1)
    simulator.block('student1', 'teacher1')
    simulator.school.courses.get(2)?.enrolments.delete(3)
    simulator.school.courses.get(3)?.enrolments.delete(3)
    await boxOf(page).fill('Are you there?')
    await send(page)
    const entry = panelOf(page).locator('article.entry[data-state="refused"]')
    await entry.waitFor()
    await entry.getByRole('button', { name: 'Edit' }).click()
    await expect.poll(() => boxOf(page).inputValue()).toBe('Are you there?')
  })

  it('hostile HTML runs nowhere, foreign pictures wait for a click, links open without an opener', async () => {
    const { page, own, simulator } = room
    const asked: string[] = []
    await page.context().route('**/tracker.example/**', (route) => {
      asked.push(route.request().url())
      return route.abort()
    })
    await openPanel(page)
    simulator.say({
      from: 'student2',
      to: 'teacher1',
      text: `<p class="btn" style="position:fixed;inset:0">Look <a href="https://else.example/" target="_top">here</a><img src="https://tracker.example/p.gif" onerror="document.title='hit'"><script>document.title='hit'</script><iframe src="https://tracker.example/f"></iframe></p><svg onload="document.title='hit'"></svg><form action="https://tracker.example/"><input name="q"></form>`,
    })
    await ask(own, 'refresh', {})
    await showAll(page)
    await openDialogue(page, 'Student Number2')
    const body = panelOf(page).locator('.message-body').last()
    await body.getByText('Look').waitFor()
    expect(
      await body.locator('script, iframe, svg, form, input, img[src*="tracker"], [style], [onerror]').count(),
    ).toBe(0)
    const link = body.getByRole('link', { name: 'here' })
    expect(await link.getAttribute('target')).toBe('_blank')
    expect(await link.getAttribute('rel')).toContain('noopener')
    expect(await page.title()).not.toBe('hit')
    expect(asked).toEqual([])
  })

  it('a broken answer keeps the cached dialogues and says a sentence', async () => {
    const { page, own, simulator } = room
    await openPanel(page)
    await showAll(page)
    await panelOf(page).getByText('Student Number1').first().waitFor()
    simulator.faults.add({ kind: 'html', match: { path: /service\.php/ } })
    await expect
      .poll(async () => {
        await ask(own, 'refresh', {})
        return (await listOf(own)).sync.trouble?.kind
      })
      .toBe('broken-answer')
    await panelOf(page).locator('.bar').first().waitFor()
    expect((await listOf(own)).rows.length).toBeGreaterThan(0)
  })
})

describe('who may see what', () => {
  it('nothing happens in a session where somebody is logged in as another', async () => {
    const { page, own, simulator } = room
    await expect.poll(async () => (await listOf(own)).sync.phase).toBe('up-to-date')
    const { cookie } = simulator.loginAs('teacher1')
    const [name = '', value = ''] = cookie.split('=')
    await page.context().addCookies([{ name, value, url: simulator.wwwroot }])
    await page.goto(simulator.wwwroot + COURSE)
    await page.waitForLoadState('networkidle')
    simulator.requests.clear()
    await ask(own, 'refresh', {})
    await expect.poll(async () => (await listOf(own)).sync.trouble?.kind).toBe('logged-in-as')
    expect(simulator.requests.all().filter(({ functions }) => functions.length > 0)).toEqual([])
  })

  it('removing an account leaves no row', async () => {
    const { own, page } = room
    await openPanel(page)
    await beginDialogue(page, 'Number3', 'Lab report', 'When can I see it?')
    const accountId = (await ask(own, 'accounts', undefined as never))[0]?.id ?? ''
    await expect.poll(async () => (await listOf(own)).sync.phase).toBe('up-to-date')
    await ask(own, 'removeAccount', { accountId })
    const left = () =>
      own.evaluate(async () => {
        const db = await new Promise<IDBDatabase>((resolve) => {
          const opening = indexedDB.open('aside')
          opening.onsuccess = () => resolve(opening.result)
        })
        const count = (name: string) =>
          new Promise<number>((resolve) => {
            const counting = db.transaction(name).objectStore(name).count()
            counting.onsuccess = () => resolve(counting.result)
          })
        const names = [...db.objectStoreNames].filter((name) => name !== 'keys')
        const counts = await Promise.all(names.map(count))
        db.close()
        return Object.fromEntries(names.map((name, i) => [name, counts[i]]))
      })
    // A message was on its way: what its answer brings goes again.
    await expect.poll(async () => Object.entries(await left()).filter(([, rows]) => rows !== 0)).toEqual([])
  })
})

describe('switching on', () => {
  it('is done from the popup, after a page that says what is read and kept', async () => {
    await room.teacher.close()
    const person = await launch()
    try {
      await logIn(person, room.simulator.wwwroot, 'teacher1')
      const page = await person.page(room.simulator.wwwroot + COURSE)
      await allowToBeClicked(person, room.simulator.wwwroot)
      // A popup opened as a tab would look at itself; the browser is asked for the course's tab instead.
      await person.context.addInitScript(() => {
        const { chrome } = globalThis as unknown as {
          chrome?: { tabs?: { query(ask: object): Promise<{ url?: string }[]> } }
        }
        if (!chrome?.tabs || !location.pathname.endsWith('popup.html')) return
        const query = chrome.tabs.query.bind(chrome.tabs)
        chrome.tabs.query = async () =>
          (await query({})).filter((tab) => tab.url?.includes('/course/view.php'))
      })
      const popup = await person.own('popup.html')
      await popup.getByRole('button', { name: /turn on for this site/i }).click()
      await popup.getByText(/does only you use this browser profile/i).waitFor()
      await popup
        .getByRole('button', { name: /turn on/i })
        .last()
        .click()
      await page.bringToFront()
      await launcherOf(page).waitFor()
      await openPanel(page)
    } finally {
      await person.close()
    }
  })
})
