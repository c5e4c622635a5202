import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startSimulator } from '../moodle-simulator/index.ts'
import { violationsIn } from './axe.ts'
import { boxOf, type Classroom, openClassroom, openPanel, panelOf, send, showAll } from './classroom.ts'
import { ask } from './switch-on.ts'

let room: Classroom

beforeEach(async () => {
  const simulator = await startSimulator()
  simulator.suspendEnrolment(2, 'student2')
  room = await openClassroom({ simulator })
})

afterEach(() => room.close())

const textsTo = (who: string) => room.simulator.messagesBetween('teacher1', who).map(({ text }) => text)

describe('several people', () => {
  it('a whole group less one gets a private copy each, and one row tells who has answered', async () => {
    const { page, own, simulator } = room
    const panel = panelOf(page)
    await openPanel(page)
    await panel.getByRole('button', { name: 'New', exact: true }).click()
    // The first look puts the panel where it can be judged, and takes the focus; the second is at the open list.
    expect(await violationsIn(page, ['aside-panel'])).toEqual([])
    await panel.getByRole('combobox', { name: 'To' }).fill('group a')
    await panel.getByRole('option', { name: /^Group A/ }).waitFor()
    expect(await violationsIn(page, ['aside-panel'])).toEqual([])
    await panel.getByRole('option', { name: /^Group A/ }).click()
    await panel.getByRole('button', { name: /^Group A/, expanded: false }).click()
    await panel.getByRole('checkbox', { name: /Student Number3/ }).uncheck()
    // Ten students less the suspended one and this one.
    await panel.getByText('8 people get a private copy each.').waitFor()
    await panel.getByLabel('Subject').fill('Welcome to the lab')
    await boxOf(page).fill('Bring your goggles.')
    expect(await violationsIn(page, ['aside-panel'])).toEqual([])
    await send(page)
    await panel.getByText('about to be sent').waitFor()
    await expect
      .poll(() => textsTo('student10').join(' '), { timeout: 30_000 })
      .toContain('Bring your goggles.')
    expect(textsTo('student2').join(' ')).not.toContain('goggles')
    expect(textsTo('student3').join(' ')).not.toContain('goggles')
    simulator.say({ from: 'student4', to: 'teacher1', text: '<p>I will</p>' })
    await ask(own, 'refresh', {})
    await showAll(page)
    await panel.getByText('1 of 8 answered').waitFor({ state: 'attached', timeout: 20_000 })
    const row = panel.getByRole('button', { name: /Welcome to the lab/, expanded: false })
    await row.click()
    await panel.getByText(/^Answered,/).waitFor()
    expect(await panel.getByText('Not answered yet').count()).toBe(7)
  })
})
