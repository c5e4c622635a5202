import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { violationsIn } from './axe.ts'
import { type Classroom, openClassroom } from './classroom.ts'
import { ask } from './switch-on.ts'

let room: Classroom

beforeEach(async () => {
  room = await openClassroom()
  await ask(room.own, 'saveSettings', { undoSeveralSeconds: 5 })
})

afterEach(() => room.close())

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** What of the rule has arrived with this student. */
const arrived = (username: string) =>
  room.simulator
    .messagesBetween('teacher1', username)
    .map(({ text }) => text)
    .filter((text) => text.includes('#dialogue='))

async function welcomeStudents(page: Page): Promise<void> {
  await button(page, 'New rule').click()
  await page.getByLabel(/^Student/).check()
  await page.getByLabel('Template').selectOption('starter-welcome')
  await page.getByLabel(/^Also people who join later/).check()
  await button(page, 'See who gets what').click()
}

it('a teacher welcomes a course: what each will get, what became of it, and who has not answered', async () => {
  const { simulator, teacher } = room
  simulator.suspendEnrolment(2, 'student7')
  const page = await teacher.own('options.html#teachers')
  await page.getByText(/^No rules yet/).waitFor()
  await welcomeStudents(page)

  const send = button(page, 'Send to 59 people')
  await send.waitFor()
  await page.getByText('59 people get a private copy each.').waitFor()
  expect(await page.locator('.sample').count()).toBe(3)
  expect(await page.locator('.sample-subject').first().innerText()).toBe('Welcome to Biology 101')
  expect(await page.locator('.sample').first().locator('.message-body p').first().innerText()).toBe(
    'Dear Student,',
  )
  expect(await violationsIn(page, ['#tab-page'])).toEqual([])
  expect(arrived('student1')).toEqual([])

  await send.click()
  await button(page, 'Take back').waitFor()
  await page.getByText('Waits for people who join.').waitFor({ timeout: 60_000 })
  expect(arrived('student1')).toHaveLength(1)
  expect(arrived('student60')).toHaveLength(1)
  expect(arrived('student7')).toEqual([])
  const table = page.getByRole('table')
  await table.getByText('Delivered').first().waitFor()
  expect(await table.getByRole('row').count()).toBe(51)
  await button(page, 'Next 50').click()
  await expect.poll(() => table.getByRole('row').count()).toBe(10)
  await page.locator('.table-filter select').selectOption('answered')
  await page.getByText('Nobody.', { exact: true }).waitFor()
  expect(await violationsIn(page, ['#tab-page'])).toEqual([])

  await page.locator('.table-filter select').selectOption('')
  const downloading = page.waitForEvent('download')
  await button(page, 'Save as table (CSV)').click()
  const csv = await readFile(await (await downloading).path(), 'utf8')
  expect(csv.startsWith('\ufeff"Name","State"')).toBe(true)
  expect(csv.trim().split('\r\n')).toHaveLength(60)

  await button(page, 'All rules').click()
  await button(page, 'Sent').click()
  await page.locator('details.sent summary').click()
  await button(page, /^Write to \d+ who have not answered$/).click()
  await page.getByRole('heading', { name: 'Rule', exact: true }).waitFor()
  expect(await page.getByLabel('Only who').inputValue()).toBe('not-answered')
})
