// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { createDeskModel } from '../../components/models/desk.ts'
import { createSettingsModel } from '../../components/models/settings.ts'
import { Desk } from '../../components/panel/desk.tsx'
import { PeopleTab } from '../../components/settings/people-tab.tsx'
import type { RulePersonView, RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Hello } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { ACCOUNT_ID, ANNA, account, BEN, BIOLOGY, ESSAY, NOW, pickable, refTo, row } from '../example.ts'
import { createOffice, draw, useScreen, violations } from './screen.tsx'

useScreen()

const hello: Hello = { version: 1, settings: DEFAULT_SETTINGS, account: account() }
const CARLA = { id: 7, fullName: 'Carla Costa' }

const rule: RuleView = {
  accountId: ACCOUNT_ID,
  id: 'p7d2w8zr41ch',
  courseId: 2,
  course: BIOLOGY,
  audience: { kind: 'people', userIds: [5, 6, 7] },
  subject: 'Welcome to Biology',
  title: 'Welcome to Biology',
  text: 'Dear all',
  about: ESSAY,
  repliesExpected: true,
  oneOff: true,
  state: 'finished',
  timeCreated: NOW - 3600,
  timeChanged: NOW - 3600,
  progress: {
    people: 3,
    counts: { 'not-attempted': 0, waiting: 0, delivered: 2, refused: 1, unknown: 0, dropped: 0 },
    answered: 1,
  },
}

const people: RulePersonView[] = [
  { userId: 5, person: ANNA, standing: 'delivered', timeAnswered: NOW - 60, ref: refTo(ANNA) },
  { userId: 6, person: BEN, standing: 'delivered', ref: refTo(BEN) },
  { userId: 7, person: CARLA, standing: 'refused', reason: 'contacts-only' },
]

function open(change: Partial<RuleView> = {}) {
  const { world, connection } = createOffice()
  world.rules = [{ ...rule, ...change }]
  world.rulePeople = new Map([[rule.id, people]])
  world.rows = [row({ timeLast: NOW - 60 }), row({ ref: refTo(BEN, 'b3f9a0qm2xtb'), timeLast: NOW - 7200 })]
  const desk = createDeskModel(connection, { hello, place: ESSAY })
  desk.list.load()
  draw(<Desk desk={desk} />)
  return { world, desk }
}

const sentRow = () => screen.findByRole('button', { name: /Welcome to Biology/ })

describe('what was sent to several', () => {
  it('is one row at its time, with how many have answered', async () => {
    open()
    within(await sentRow()).getByText('1 of 2 answered')
    const rows = screen.getAllByRole('listitem').filter((item) => item.classList.contains('rows-item'))
    expect(rows.map((item) => item.classList.contains('sent-row'))).toEqual([false, true, false])
  })

  it('unfolds to the people: who answered, who has not yet, who was not reached and why', async () => {
    const { world } = open()
    fireEvent.click(await sentRow())
    const list = await screen.findByRole('list', { name: 'Welcome to Biology' })
    await within(list).findByText(/^Answered/)
    const lines = within(list).getAllByRole('listitem')
    expect(lines[0]?.textContent).toMatch(/^Carla Costa/)
    within(list).getByText('Accepts messages from contacts only')
    within(list).getByText('Not answered yet')
    fireEvent.click(screen.getByRole('button', { name: 'Try again for 1 person' }))
    await waitFor(() =>
      expect(world.questions('retryRule')).toEqual([{ accountId: ACCOUNT_ID, ruleId: rule.id }]),
    )
    expect(await violations()).toEqual([])
  })

  it('opens a person’s dialogue', async () => {
    const { desk } = open()
    fireEvent.click(await sentRow())
    const list = await screen.findByRole('list', { name: 'Welcome to Biology' })
    fireEvent.click(await within(list).findByRole('button', { name: /Anna Weber/ }))
    expect(desk.openRef.value).toEqual(refTo(ANNA))
  })

  it('can be taken back as long as nothing has left, and is a new dialogue again', async () => {
    const hold = { kind: 'undo' as const, untilMs: Date.now() + 10_000 }
    const { world } = open({ state: 'active', progress: { ...rule.progress, hold } })
    world.taken = {
      accountId: ACCOUNT_ID,
      key: 'new/p7d2w8zr41ch',
      text: 'Dear all',
      timeChanged: NOW,
      messageKey: rule.id,
      several: [
        { kind: 'person', person: ANNA },
        { kind: 'person', person: BEN },
      ],
    }
    within(await sentRow()).getByText(/about to be sent/)
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await screen.findByText('2 people get a private copy each.')
  })
})

describe('who writes to whom', () => {
  async function at() {
    const { world, connection } = createOffice()
    const model = createSettingsModel(connection)
    world.recipients = [pickable(ANNA), pickable(BEN)]
    await model.load()
    draw(<PeopleTab model={model} />)
    return { world }
  }

  it('is set for all courses and for one', async () => {
    const { world } = await at()
    fireEvent.change(screen.getByRole('combobox', { name: 'All courses' }), {
      target: { value: 'to-teachers' },
    })
    fireEvent.change(screen.getByRole('combobox', { name: BIOLOGY.name }), { target: { value: 'everybody' } })
    await waitFor(() =>
      expect([...world.habits]).toEqual([
        [0, { kind: 'to-teachers' }],
        [2, { kind: 'everybody' }],
      ]),
    )
    fireEvent.change(screen.getByRole('combobox', { name: BIOLOGY.name }), { target: { value: 'as-site' } })
    await waitFor(() => expect(world.habits.has(2)).toBe(false))
  })

  it('names class representatives', async () => {
    const { world } = await at()
    fireEvent.change(screen.getByRole('combobox', { name: BIOLOGY.name }), {
      target: { value: 'representatives' },
    })
    fireEvent.input(await screen.findByRole('combobox', { name: 'To' }), { target: { value: 'ben' } })
    fireEvent.click(await screen.findByRole('option', { name: /Ben Ortiz/ }))
    await waitFor(() => expect(world.habits.get(2)).toEqual({ kind: 'representatives', userIds: [6] }))
    screen.getByRole('button', { name: 'Remove Ben Ortiz' })
    expect(await violations()).toEqual([])
  })
})

it.each([0, 2])(
  'that quiet hours hold after %i have it is sent at once where the person says so',
  async (delivered) => {
    const hold = { kind: 'quiet-hours' as const, untilMs: (NOW + 3600) * 1000 }
    const counts = { ...rule.progress.counts, 'not-attempted': 3 - delivered, delivered, refused: 0 }
    const { world } = open({ state: 'active', progress: { ...rule.progress, counts, hold } })
    within(await sentRow()).getByText(/3 people · goes on at /)
    fireEvent.click(screen.getByRole('button', { name: 'Send now' }))
    await waitFor(() => expect(world.questions('sendNow')).toMatchObject([{ key: rule.id }]))
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
  },
)

it('that is put off says until when, and can be changed or sent at once', async () => {
  const untilMs = (NOW + 86_400) * 1000
  const counts = { ...rule.progress.counts, 'not-attempted': 3, delivered: 0, refused: 0 }
  const { world } = open({
    state: 'active',
    progress: { ...rule.progress, counts, hold: { kind: 'schedule', untilMs } },
  })
  within(await sentRow()).getByText(/3 people · Leaves on .+, if this browser is open then/)
  fireEvent.click(screen.getByRole('button', { name: 'Send now' }))
  await waitFor(() => expect(world.questions('sendNow')).toMatchObject([{ key: rule.id }]))
  fireEvent.click(screen.getByRole('button', { name: 'Edit' }))
  await waitFor(() => expect(world.questions('takeBackSeveral')).toMatchObject([{ ruleId: rule.id }]))
})
