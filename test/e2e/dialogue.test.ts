import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLink } from '../../lib/dialogue/link.ts'
import { badgeOf, launch, logIn, stopWorker } from './browser.ts'
import {
  beginDialogue,
  boxOf,
  type Classroom,
  COURSE,
  openClassroom,
  openDialogue,
  openPanel,
  panelOf,
  send,
  showAll,
} from './classroom.ts'
import { ask, switchOn } from './switch-on.ts'

let room: Classroom

beforeEach(async () => {
  room = await openClassroom()
  await ask(room.own, 'saveSettings', { undoSeconds: 0 })
})

afterEach(() => room.close())

const sentTo = (username: string) =>
  room.simulator.messagesBetween('teacher1', username).map(({ text }) => text)

describe('a teacher beside the course', () => {
  it('begins a dialogue, the student answers, the badge lights up, and reading puts it out', async () => {
    const { page, simulator, own } = room
    await openPanel(page)
    await beginDialogue(page, 'Number3', 'Lab report', 'When can I see it?')
    await expect.poll(() => sentTo('student3').length).toBe(1)
    const { body, link } = readLink(sentTo('student3')[0] ?? '', { wwwroot: simulator.wwwroot })
    expect(body).toBe('<p>When can I see it?</p>')
    expect(link).toMatchObject({ text: 'Lab report', does: 'open', courseId: 2 })

    // While it stands open, what comes in is read at once.
    await panelOf(page).getByRole('button', { name: 'Back' }).click()

    const student = await launch()
    await logIn(student, simulator.wwwroot, 'student3')
    const theirs = await student.page(simulator.wwwroot + COURSE)
    await ask(await switchOn(student, simulator.wwwroot), 'saveSettings', { undoSeconds: 0 })
    await theirs.bringToFront()
    await openPanel(theirs)
    await openDialogue(theirs, 'Lab report')
    await boxOf(theirs).fill('Tomorrow.')
    await send(theirs)
    await expect.poll(() => sentTo('student3').length).toBe(2)
    await student.close()

    await ask(own, 'refresh', {})
    await expect.poll(async () => (await badgeOf(own)).text).toBe('1')
    await openDialogue(page, 'Lab report')
    await panelOf(page).getByText('Tomorrow.', { exact: true }).waitFor()
    await expect.poll(async () => (await badgeOf(own)).text).toBe('')
    await expect.poll(() => simulator.requests.count('core_message_mark_message_read')).toBeGreaterThan(0)
  })

  it('keeps a draft when tab and browser are closed', async () => {
    const { page, simulator, own } = room
    await openPanel(page)
    await showAll(page)
    await openDialogue(page, 'Student Number1')
    await boxOf(page).fill('Half a sentence that')
    await expect
      .poll(
        async () =>
          (
            await ask(own, 'drafts', {
              accountId: (await ask(own, 'accounts', undefined as never))[0]?.id ?? '',
            })
          ).length,
      )
      .toBe(1)
    await room.teacher.close()

    const again = await launch({ profile: room.teacher.profile })
    await logIn(again, simulator.wwwroot, 'teacher1')
    const reopened = await again.page(simulator.wwwroot + COURSE)
    await switchOn(again, simulator.wwwroot)
    await reopened.bringToFront()
    await openPanel(reopened)
    await showAll(reopened)
    await openDialogue(reopened, 'Student Number1')
    await expect.poll(() => boxOf(reopened).inputValue()).toBe('Half a sentence that')
    await again.close()
  })

  it('keeps quiet hours and signatures where the site is turned on again', async () => {
    const { own, teacher, simulator } = room
    const account = async () => (await ask(own, 'accounts', undefined))[0]
    const accountId = (await account())?.id ?? ''
    const set = { quietHours: { fromMinute: 1200, toMinute: 420 }, signatures: { 2: 'Tara, room 5' } }
    await ask(own, 'setQuietHours', { accountId, quietHours: set.quietHours })
    await ask(own, 'setSignature', { accountId, courseId: 2, text: set.signatures[2] })
    await switchOn(teacher, simulator.wwwroot)
    expect(await account()).toMatchObject({ id: accountId, ...set })
  })

  it('takes a message back within the undo window', async () => {
    const { page, own } = room
    await ask(own, 'saveSettings', { undoSeconds: 30 })
    await openPanel(page)
    await showAll(page)
    await openDialogue(page, 'Student Number1')
    const before = sentTo('student1').length
    await boxOf(page).fill('Too hasty')
    await send(page)
    await panelOf(page).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => boxOf(page).inputValue()).toBe('Too hasty')
    expect(sentTo('student1')).toHaveLength(before)
  })

  it('writes without a connection, and it goes out once when there is one', async () => {
    const { page, own, simulator, teacher } = room
    await openPanel(page)
    await showAll(page)
    await openDialogue(page, 'Student Number1')
    const before = sentTo('student1').length
    await teacher.context.setOffline(true)
    simulator.faults.add({ kind: 'offline' })
    await boxOf(page).fill('Written in a tunnel')
    await send(page)
    await panelOf(page).locator('article.entry').getByText('Written in a tunnel').waitFor()
    expect(sentTo('student1')).toHaveLength(before)
    simulator.faults.clear()
    await teacher.context.setOffline(false)
    await expect
      .poll(
        async () => {
          await ask(own, 'refresh', {})
          return sentTo('student1').length
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(before + 1)
    await panelOf(page).locator('article.entry').waitFor({ state: 'detached' })
  })

  it('whose worker is killed between sending and answer sends exactly once', async () => {
    const { page, own, simulator } = room
    await openPanel(page)
    await showAll(page)
    await openDialogue(page, 'Student Number1')
    const before = sentTo('student1').length
    simulator.faults.add({
      kind: 'latency',
      ms: 3000,
      times: 1,
      match: { function: 'core_message_send_instant_messages' },
    })
    await boxOf(page).fill('Once and only once')
    await send(page)
    await expect.poll(() => panelOf(page).locator('article.entry').getAttribute('data-state')).toBe('sending')
    await stopWorker(own)
    await expect.poll(() => sentTo('student1').length, { timeout: 15_000 }).toBe(before + 1)
    await expect
      .poll(
        async () => {
          await ask(own, 'refresh', {})
          return panelOf(page).locator('article.entry').count()
        },
        { timeout: 20_000, interval: 500 },
      )
      .toBe(0)
    expect(sentTo('student1')).toHaveLength(before + 1)
  })
})

describe('a first message', () => {
  it('taken back is a new dialogue again, with its person and subject, also after leaving it', async () => {
    const { page, own } = room
    await ask(own, 'saveSettings', { undoSeconds: 30 })
    await openPanel(page)
    await beginDialogue(page, 'Number3', 'Lab report', 'Too hasty')
    await panelOf(page).getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => boxOf(page).inputValue()).toBe('Too hasty')
    expect(await panelOf(page).getByLabel('Subject').inputValue()).toBe('Lab report')
    await panelOf(page).getByRole('button', { name: 'Back' }).click()
    await panelOf(page).getByRole('button', { name: 'New', exact: true }).click()
    await expect.poll(() => boxOf(page).inputValue()).toBe('Too hasty')
    await panelOf(page).getByText('Student Number3').first().waitFor()
    await ask(own, 'saveSettings', { undoSeconds: 0 })
    await send(page)
    await expect.poll(() => sentTo('student3').length).toBe(1)
  })
})
