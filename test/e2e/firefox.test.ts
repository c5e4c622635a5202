import type { Page } from 'puppeteer-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findFirefox } from '../../scripts/firefox.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { COURSE } from './classroom.ts'
import { ask, backgrounds, badgeText, isSidebarOpen, requestSite, wakeByAlarm } from './firefox-ask.ts'
import { type FirefoxPerson, launchFirefox } from './firefox-browser.ts'

const path = findFirefox()
const title = path
  ? 'the Firefox build'
  : 'the Firefox build (no Firefox found: set FIREFOX_PATH or install firefox-esr)'

let simulator: Simulator
let person: FirefoxPerson
let page: Page

async function logIn(): Promise<void> {
  const login = await person.page(`${simulator.wwwroot}/login/index.php`)
  await login.type('#username', 'teacher1')
  await login.type('#password', 'Pass.1234')
  await Promise.all([login.waitForNavigation(), login.click('#loginbtn')])
  await login.close()
}

/** A page of the extension's own that holds no line to the worker, so that it may come to rest. */
const quietPage = () => person.own('launcher.js', { background: true })

const launcher = () => page.locator('aside-launcher >>> button')
const inPanel = (selector: string) => page.locator(`aside-panel >>> ${selector}`)
const words = () => page.evaluate(() => document.querySelector('aside-panel')?.shadowRoot?.textContent ?? '')
const sent = () => simulator.messagesBetween('teacher1', 'student3').map(({ text }) => text)

async function switchOnFromPopup(): Promise<void> {
  await person.clickToolbar()
  const popup = await person.own('popup.html', { background: true })
  await popup.bringToFront()
  await popup.locator('::-p-text(Turn on for this site)').click()
  await popup.locator('input[value=yes]').click()
  await popup.locator('.switch-on button.button-main').click()
  await popup.waitForSelector('.popup-account[data-state=ready]')
  await popup.close()
  await page.bringToFront()
}

async function write(to: string, subject: string, text: string): Promise<void> {
  await inPanel('input[role=combobox]').fill(to)
  await inPanel(`[role=option] ::-p-text(${to})`).click()
  await inPanel('label.line input').fill(subject)
  await inPanel('textarea').fill(text)
}

async function begin(to: string, subject: string, text: string): Promise<void> {
  await launcher().click()
  await inPanel('::-p-text(Start a dialogue)').click()
  await write(to, subject, text)
  await inPanel('button.send').click()
}

async function back(): Promise<void> {
  await inPanel('button.back').click()
  await inPanel('.desk[data-level=list]').wait()
}

const isThere = (selector: string) => inPanel(selector).wait()
const sheet = (selector: string) => inPanel(`.sheet ${selector}`)

const eventually = <T>(ask: () => T) => expect.poll(ask, { timeout: 20_000 })

describe.skipIf(!path)(title, () => {
  beforeEach(async () => {
    simulator = await startSimulator()
    person = await launchFirefox(path ?? '')
    await logIn()
    page = await person.page(simulator.wwwroot + COURSE)
  })

  afterEach(async () => {
    await person.close()
    await simulator.close()
  })

  it('is switched on from its popup, sends once, and an answer lights the badge', async () => {
    await switchOnFromPopup()
    const own = await quietPage()
    await ask(own, 'saveSettings', { undoSeconds: 0 })
    await begin('Number3', 'Lab report', 'When can I see it?')
    await eventually(() => sent().length).toBe(1)
    await eventually(words).toContain('When can I see it?')
    // An open dialogue is read as it comes.
    await back()
    simulator.clock.advance(2)
    simulator.say({ from: 'student3', to: 'teacher1', text: 'Tomorrow.' })
    await ask(own, 'refresh', {})
    await eventually(() => badgeText(own)).toBe('1')
    await eventually(words).toContain('Tomorrow.')
    expect(sent()).toHaveLength(2)
  })

  it('finds people, writes to several, closes and reopens, keeps what is half-written, and writes it all out', async () => {
    await switchOnFromPopup()
    const own = await quietPage()
    await ask(own, 'saveSettings', { undoSeconds: 0, undoSeveralSeconds: 5 })
    await page.bringToFront()
    await begin('Group A', 'Thursday', 'Bring your goggles.')
    await isThere('.sent-row .row')
    // The event page rests before the time to undo is over, and the browser's own alarm is half a minute away.
    const afterAlarm = async () => {
      await wakeByAlarm(own)
      return sent().join()
    }
    await expect.poll(afterAlarm, { timeout: 20_000, interval: 2000 }).toContain('Bring your goggles.')

    await inPanel('[data-action=new]').click()
    await write('Number3', 'Lab report', 'When can I see it?')
    await inPanel('button.send').click()
    await eventually(() => sent().length).toBe(2)
    await inPanel('.thread-head .menu-anchor > button').click()
    await inPanel('.thread-head .menu button::-p-text(Close for both)').click()
    await sheet('button[type=submit]').click()
    await inPanel('::-p-text(Reopen)').click()
    await sheet('button[type=submit]').click()
    await eventually(() => sent().join()).toMatch(/do=close.*do=reopen/s)
    await isThere('.composer textarea')
    await back()

    await inPanel('[data-action=new]').click()
    await write('Number4', 'Half a thought', 'I wanted to ask')
    await back()
    await inPanel('.list-options > button').click()
    await inPanel('.list-options .option::-p-text(Drafts)').click()
    await inPanel('.begun-row .row').click()
    await eventually(() =>
      inPanel('textarea')
        .map((box) => (box as HTMLTextAreaElement).value)
        .wait(),
    ).toBe('I wanted to ask')

    const { rows } = await ask(own, 'dialogues', { scope: { kind: 'all' }, filter: 'waiting', limit: 5 })
    const refs = rows.filter(({ subject }) => subject === 'Lab report').map(({ ref }) => ref)
    const paper = await person.own(`export.html#${encodeURIComponent(JSON.stringify(refs))}`)
    await paper.locator('.paper ::-p-text(When can I see it?)').wait()
  })

  it('answers a forum post privately, with its author, its subject and its words filled in', async () => {
    await switchOnFromPopup()
    const own = await quietPage()
    await ask(own, 'saveSettings', { undoSeconds: 0 })
    await page.bringToFront()
    await page.goto(`${simulator.wwwroot}/mod/forum/discuss.php?d=1`)
    await page.locator('#p1 > .forumpost aside-action >>> button').click()
    await isThere('.pick-name::-p-text(Student Number1)')
    const valueIn = (selector: string) =>
      inPanel(selector)
        .map((field) => (field as HTMLInputElement).value)
        .wait()
    await eventually(() => valueIn('label.line input')).toBe('Where do mitochondria come from?')
    const quote = await valueIn('textarea')
    expect(quote).toContain('> I read two answers.\n')
    await inPanel('textarea').fill(`${quote}Both are half right.`)
    await inPanel('button.send').click()
    const written = () => simulator.messagesBetween('teacher1', 'student1').map(({ text }) => text)
    await eventually(() => written().at(-1)).toMatch(/half right.*discuss\.php\?d=1&amp;parent=1#/s)
  })

  it('opens its inbox in the sidebar, but only when asked to', async () => {
    await switchOnFromPopup()
    const own = await quietPage()
    expect(await isSidebarOpen(own)).toBe(false)
    const popup = await person.own('popup.html')
    await popup.locator('::-p-text(Open beside the page)').click()
    await eventually(() => isSidebarOpen(own)).toBe(true)
    const sidebar = await person.own('sidepanel.html')
    await sidebar.setViewport({ width: 360, height: 800 })
    await sidebar.waitForSelector('.row')
    expect(await sidebar.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })

  it('answers after its event page has come to rest', async () => {
    await switchOnFromPopup()
    await page.close()
    const own = await quietPage()
    await eventually(() => backgrounds(own)).toBe(0)
    expect((await ask(own, 'accounts', undefined as never))[0]?.state).toBe('ready')
    await eventually(() => backgrounds(own)).toBe(0)
    await wakeByAlarm(own)
    await eventually(() => backgrounds(own)).toBe(1)
  })

  it('is switched on by the browser’s permission though the popup is gone', async () => {
    const own = await quietPage()
    const { wwwroot } = simulator
    await ask(own, 'prepareSwitchOn', { wwwroot, onlyMe: true })
    await own.bringToFront()
    await requestSite(own)
    await eventually(async () => (await ask(own, 'accounts', undefined as never)).length).toBe(1)
    await page.bringToFront()
    await launcher().wait()
  })
})
