import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillSchool } from '../../scripts/demo-school.ts'
import { startSimulator } from '../moodle-simulator/index.ts'
import { violationsIn } from './axe.ts'
import { launch, logIn, type Person } from './browser.ts'
import {
  boxOf,
  type Classroom,
  COURSE,
  openClassroom,
  openPanel,
  panelOf,
  rowsOf,
  showAll,
} from './classroom.ts'
import { ask, switchOn } from './switch-on.ts'

let room: Classroom

beforeAll(async () => {
  const simulator = await startSimulator()
  fillSchool(simulator)
  room = await openClassroom({ simulator })
  await ask(room.own, 'saveSettings', { undoSeconds: 0 })
  await openPanel(room.page)
  await showAll(room.page)
  await rowsOf(room.page).getByText('Essay 1: your sources').waitFor()
})

afterAll(() => room.close())

const panel = () => panelOf(room.page)
const sheet = () => panel().locator('.sheet')
const press = (name: string | RegExp) => panel().getByRole('button', { name, exact: true }).first().click()
const choose = async (words: string) => {
  await panel().locator('.thread-head').getByRole('button', { name: 'More', exact: true }).click()
  await press(words)
}
const titles = () => rowsOf(room.page).locator('.row-title').allTextContents()
const backToList = () => panel().getByRole('button', { name: 'Back to the list' }).click()
const titled = (title: string) =>
  rowsOf(room.page).locator('.row-title').getByText(title, { exact: true }).first()
const open = async (title: string) => {
  await titled(title).click()
  await panel().getByRole('heading', { name: title }).waitFor()
}

async function student(username: string): Promise<Person> {
  const person = await launch()
  await logIn(person, room.simulator.wwwroot, username)
  return person
}

/** Each begins at the list, whatever became of the one before. */
beforeEach(async () => {
  await room.page.bringToFront()
  if (await sheet().isVisible()) await sheet().getByRole('button', { name: 'Close', exact: true }).click()
  if ((await panel().locator('.desk').getAttribute('data-level')) !== 'list') await backToList()
})

describe('the list', () => {
  it('answers to keys: where the focus is, not in the page and not while somebody writes', async () => {
    const { page } = room
    await rowsOf(page).first().focus()
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await panel().getByRole('toolbar').getByText('1 selected').waitFor()
    await press('Stop selecting')
    await rowsOf(page).first().focus()
    await page.keyboard.press('?')
    await sheet().getByText('Next dialogue', { exact: true }).waitFor()
    await sheet().getByRole('button', { name: 'Turn keys off' }).click()
    await sheet().getByRole('button', { name: 'Turn keys on' }).waitFor()
    await expect.poll(async () => (await ask(room.own, 'settings', undefined as never)).keys).toBe(false)
    await page.keyboard.press('Escape')
    await sheet().waitFor({ state: 'detached' })
    await page.keyboard.press('?')
    expect(await sheet().count()).toBe(0)
    await ask(room.own, 'saveSettings', { keys: true })
    await expect
      .poll(async () => {
        await page.keyboard.press('?')
        return sheet().count()
      })
      .toBe(1)
    await page.keyboard.press('Escape')
    await sheet().waitFor({ state: 'detached' })
    await page.keyboard.press('o')
    await boxOf(page).waitFor()
    await page.keyboard.press('r')
    await expect.poll(() => boxOf(page).evaluate((box) => box.matches(':focus'))).toBe(true)
    await page.keyboard.type('jokx?')
    expect(await boxOf(page).inputValue()).toBe('jokx?')
    await boxOf(page).fill('')
    await backToList()
    await page.locator('body').click({ position: { x: 10, y: 400 } })
    await page.keyboard.press('c')
    expect(await violationsIn(page, ['aside-panel'])).toEqual([])
    expect(await panel().locator('.desk').getAttribute('data-level')).toBe('list')
  })

  it('is filtered, sorted and grouped in the menu, and stays so', async () => {
    const inbox = await room.teacher.own('inbox.html')
    await inbox.locator('.filters').getByRole('button', { name: 'More' }).click()
    await inbox.getByLabel('Groups').selectOption('person')
    await expect.poll(() => inbox.locator('.group-name').allTextContents()).toContain('Anna Weber')
    await inbox.getByLabel('Groups').selectOption('none')
    await inbox.getByLabel('Order').selectOption('last-name')
    await expect
      .poll(async () => (await inbox.locator('.row-title').allTextContents())[0])
      .toBe('Reading list')
    expect(await violationsIn(inbox, ['#app'])).toEqual([])
    await inbox.getByRole('button', { name: /^Answered by nobody yet/ }).click()
    await expect.poll(() => inbox.locator('.row-title').allTextContents()).toEqual(['Reading list'])
    await inbox.reload()
    await inbox.locator('.filters').getByRole('button', { name: 'More' }).click()
    expect(await inbox.getByLabel('Order').inputValue()).toBe('last-name')
    await inbox.getByLabel('Order').selectOption('unread')
    await inbox.close()
  })

  it('marks several rows at once', async () => {
    const { page } = room
    await panel().getByRole('heading', { name: 'Dialogues' }).waitFor()
    await page.bringToFront()
    for (const title of ['Your question in the forum', 'Reading list']) {
      await titled(title).locator('xpath=ancestor::button').focus()
      await page.keyboard.press('x')
    }
    await panel().getByRole('toolbar').getByText('2 selected').waitFor()
    expect(await violationsIn(page, ['aside-panel'])).toEqual([])
    await panel().getByRole('toolbar').getByRole('button', { name: 'Done' }).click()
    await expect.poll(() => panel().locator('.row-closed').allTextContents()).toEqual(['Done', 'Done'])
    expect(room.simulator.requests.count('core_message_send_instant_messages')).toBe(0)
  })
})

describe('the focus', () => {
  it('goes into a menu, and comes back from it and from the sheet that it opened', async () => {
    const { page } = room
    const more = panel().locator('.list-pane .menu-anchor > button').first()
    const hasFocus = (name: string) => expect.poll(() => page.evaluate(focused), { timeout: 5000 }).toBe(name)
    await more.focus()
    await page.keyboard.press('Enter')
    await hasFocus('Select several')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Escape')
    await hasFocus('More')
    await page.keyboard.press('Enter')
    await hasFocus('Select several')
    for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key)
    await sheet().waitFor()
    await page.keyboard.press('Escape')
    await hasFocus('More')
  })
})

/** What a screen reader is at: runs in the page. */
function focused(): string | null | undefined {
  const element = document.querySelector('aside-panel')?.shadowRoot?.activeElement
  return element?.getAttribute('aria-label') ?? element?.textContent
}

describe('a new dialogue, half-written', () => {
  it('stands among the drafts, is thrown away and brought back, and goes on where it was left', async () => {
    const { page } = room
    await press('New')
    await panel().getByRole('combobox', { name: 'To' }).fill('dalia')
    await panel()
      .getByRole('option', { name: /Dalia Haddad/ })
      .click()
    await panel().getByLabel('Subject').fill('A word before Friday')
    await boxOf(page).fill('I wanted to ask')
    await backToList()
    await panel().locator('.list-options > button').click()
    await panel().locator('.list-options').getByText('Drafts').waitFor()
    expect(await violationsIn(page, ['aside-panel'])).toEqual([])
    await panel().locator('.list-options').getByText('Drafts').click()
    const begun = panel().getByRole('button', { name: /^A word before Friday/ })
    await begun.getByText('To Dalia Haddad').waitFor()
    await press('Throw this draft away: A word before Friday')
    await begun.waitFor({ state: 'detached' })
    expect(await violationsIn(page, ['aside-panel'])).toEqual([])
    await press('Undo')
    await begun.click()
    await expect.poll(() => boxOf(page).inputValue()).toBe('I wanted to ask')
    await boxOf(page).fill('')
    await backToList()
    await panel().locator('.filter-more').click()
  })
})

describe('a dialogue', () => {
  it('is put off and comes back', async () => {
    await open('Reading list')
    await choose('Put off…')
    await sheet()
      .getByRole('button', { name: /^Next Monday/ })
      .click()
    await expect.poll(titles).not.toContain('Reading list')
    await ask(room.own, 'mark', {
      refs: (
        await ask(room.own, 'dialogues', { scope: { kind: 'all' }, filter: 'snoozed', limit: 5 })
      ).rows.map(({ ref }) => ref),
      change: { snoozeUntil: 1000 },
    })
    await expect.poll(titles).toContain('Reading list')
  })

  it('has messages that are quoted, moved and deleted', async () => {
    const { page, simulator } = room
    simulator.clock.advance(5)
    simulator.say({ from: 'student2', to: 'teacher1', text: '<p>And about the trip: I come along.</p>' })
    await ask(room.own, 'refresh', {})
    await open('Your question in the forum')
    const message = panel().locator('.message', { hasText: 'about the trip' })
    const menu = async (words: string) => {
      await message.hover()
      await message.getByRole('button', { name: 'More about this message' }).click()
      await press(words)
    }
    await message.waitFor()
    await menu('Quote')
    await expect.poll(() => boxOf(page).inputValue()).toContain('And about the trip: I come along.')
    await boxOf(page).fill('')
    await menu('Move to another dialogue…')
    await sheet()
      .getByRole('button', { name: /^Without a subject/ })
      .click()
    await message.waitFor({ state: 'detached' })
    await backToList()
    await open('Ben Ortiz')
    await message.waitFor()
    await menu('Delete…')
    await sheet().getByRole('button', { name: 'Delete for me' }).click()
    await message.waitFor({ state: 'detached' })
    expect(simulator.requests.count('core_message_delete_message')).toBe(1)
    await backToList()
  })

  it('has a person, whose card says what there is with them and blocks them', async () => {
    const { page, simulator } = room
    await open('Extension for the lab report')
    await press('with Chidi Okafor')
    await sheet().getByRole('button', { name: 'Block', exact: true }).click()
    await sheet().getByRole('button', { name: 'Unblock', exact: true }).waitFor()
    expect(simulator.school.blocked.size).toBe(1)
    expect(await violationsIn(page, ['aside-panel'])).toEqual([])
    await sheet().getByRole('button', { name: 'Unblock', exact: true }).click()
    await sheet().getByRole('button', { name: 'Block', exact: true }).waitFor()
    await sheet().getByRole('button', { name: 'Close', exact: true }).click()
    await backToList()
  })

  it('is closed for both and reopened, in both panels', async () => {
    const { page, simulator } = room
    await open('Essay 1: your sources')
    await choose('Close for both…')
    await sheet().getByText('Tara Teacher closed this dialogue.').waitFor()
    await sheet().getByLabel('A last word').fill('Well done.')
    expect(await violationsIn(page, ['aside-panel'])).toEqual([])
    await sheet().getByRole('button', { name: 'Close for both' }).click()
    await panel()
      .getByText(/^Closed by Tara Teacher/)
      .waitFor()

    const anna = await student('student1')
    const theirs = await anna.page(simulator.wwwroot + COURSE)
    await ask(await switchOn(anna, simulator.wwwroot), 'saveSettings', { undoSeconds: 0 })
    await theirs.bringToFront()
    await openPanel(theirs)
    await showAll(theirs)
    await panelOf(theirs).getByText('Essay 1: your sources').first().click()
    await panelOf(theirs)
      .getByText(/^Closed by Tara Teacher/)
      .waitFor()
    await panelOf(theirs).locator('.message-body').getByText('Well done.').waitFor()
    await panelOf(theirs).getByRole('button', { name: 'Reopen' }).click()
    await panelOf(theirs).locator('.sheet').getByRole('button', { name: 'Reopen' }).click()
    const sent = () => simulator.messagesBetween('student1', 'teacher1').at(-1)?.text
    await expect.poll(sent).toContain('do=reopen')
    await panelOf(theirs).locator('.composer textarea').waitFor()
    await anna.close()

    await ask(room.own, 'refresh', {})
    await panelOf(page).locator('.composer textarea').waitFor()
    await backToList()
  })
})

describe('a link to a message', () => {
  it('opens the panel at it, and marks and sends nothing', async () => {
    const { own, simulator, teacher } = room
    const { rows } = await ask(own, 'dialogues', { scope: { kind: 'all' }, filter: 'all', limit: 40 })
    const ref = rows.find(({ subject }) => subject === 'Essay 1: your sources')?.ref
    if (!ref) throw new Error('no such dialogue')
    const thread = await ask(own, 'thread', { ref, limit: 40 })
    const second = thread?.messages[1]
    const written = () =>
      simulator.requests.count('core_message_mark_message_read') +
      simulator.requests.count('core_message_send_instant_messages')
    const before = written()
    const followed = await teacher.page(second?.address ?? '')
    const message = panelOf(followed).locator(`[data-id="${second?.id}"]`)
    await expect.poll(() => message.getAttribute('data-found')).toBe('')
    await message.getByText('From the chapter on cells').waitFor()
    expect(written()).toBe(before)
    await followed.close()
  })
})

describe('what is written for oneself alone', () => {
  it('is written in the inbox, shown there, and the page is never given the note', async () => {
    const inbox = await room.teacher.own('inbox.html')
    await inbox.getByText('Extension for the lab report').first().click()
    await inbox.locator('.thread-head').getByRole('button', { name: 'More', exact: true }).click()
    await inbox.getByRole('button', { name: 'Name, labels, note…' }).click()
    await inbox.getByLabel('Your name for this dialogue').fill('Chidi was ill')
    await inbox.getByLabel('Labels, with commas between').fill('exam, call')
    await inbox.getByRole('textbox', { name: 'Note', exact: true }).fill('A doctor’s letter is there.')
    expect(await violationsIn(inbox, ['#app'])).toEqual([])
    await inbox.getByRole('button', { name: 'Save' }).click()
    await inbox.locator('.thread-note').getByText('A doctor’s letter is there.').waitFor()
    await inbox.close()
    await room.page.bringToFront()
    await open('Chidi was ill')
    await panel().locator('.thread-marks').getByText('exam').waitFor()
    expect(await panel().locator('.thread-note').count()).toBe(0)
    await backToList()
  })
})

describe('a dialogue written out', () => {
  it('is a page of its own that fetches, runs and sends nothing', async () => {
    const { page, simulator, teacher } = room
    simulator.clock.advance(5)
    const text = '<p>Look: <img src="https://spy.example/p.gif" alt="a cat"></p>'
    simulator.say({ from: 'student5', to: 'teacher1', text })
    await ask(room.own, 'refresh', {})
    await open('Emil Lindqvist')
    const paperComes = teacher.context.waitForEvent('page')
    await choose('Export')
    const paper = await paperComes
    await paper.locator('.paper').getByText('Good morning').waitFor()
    await paper.locator('.paper').getByText('a cat').waitFor()
    expect(await violationsIn(paper, ['#app'])).toEqual([])
    const saved = async (name: string) => {
      const coming = paper.waitForEvent('download')
      await paper.getByRole('button', { name }).click()
      return readFile(await (await coming).path(), 'utf8')
    }
    const html = await saved('Save as a web page')
    expect(html).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'/)
    expect(html).not.toMatch(/<script|<img|\ssrc=|\son\w+=/)
    expect(await saved('Save as Markdown')).toContain('[a cat](<https://spy.example/p.gif>)')
    expect(JSON.parse(await saved('Save as JSON')).dialogues[0].messages.length).toBeGreaterThan(1)
    await paper.close()
    await page.bringToFront()
  })
})
