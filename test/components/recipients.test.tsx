// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { createDeskModel } from '../../components/models/desk.ts'
import { Desk } from '../../components/panel/desk.tsx'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { writeIds } from '../../lib/dialogue/id-list.ts'
import type { Whole } from '../../lib/dialogue/people-views.ts'
import type { Hello } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { ANNA, account, BEN, ESSAY, pickable } from '../example.ts'
import { createOffice, draw, useScreen, violations } from './screen.tsx'

useScreen()

const hello: Hello = { version: 1, settings: DEFAULT_SETTINGS, account: account() }
const CARLA = { id: 7, fullName: 'Carla Costa' }
const COUNSELLOR = { id: 40, fullName: 'Connie Counsellor' }
const GROUP: Whole = { kind: 'group', courseId: 2, id: 1, name: 'Group A', count: 3 }

type Office = ReturnType<typeof createOffice>

async function begin(prepare: (world: Office['world']) => void = () => {}) {
  const { world, connection } = createOffice()
  const people = [pickable(ANNA, { groups: ['Group A'] }), pickable(BEN), pickable(CARLA)]
  world.recipients = people
  world.wholes = [{ ...GROUP, people }]
  prepare(world)
  const desk = createDeskModel(connection, { hello, place: ESSAY })
  draw(<Desk desk={desk} />)
  await desk.writeNew()
  const box = await screen.findByRole('combobox', { name: 'To' })
  return { world, desk, box }
}

const write = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } })

async function choose(box: HTMLElement, typed: string, name: RegExp) {
  write(box, typed)
  fireEvent.click(await screen.findByRole('option', { name }))
}

const chips = () => within(screen.getByRole('list', { name: 'Chosen' })).getAllByRole('listitem')

describe('choosing recipients', () => {
  it('shows role and groups, and what the site says of the person', async () => {
    const { box } = await begin((world) => world.cannot.set(CARLA.id, 'contacts-only'))
    write(box, 'a')
    within(await screen.findByRole('option', { name: /Anna Weber/ })).getByText('Group A')
    const carla = await screen.findByRole('option', { name: /Accepts messages from contacts only/ })
    expect(carla.getAttribute('aria-disabled')).toBe('true')
    fireEvent.click(carla)
    expect(screen.queryByRole('list', { name: 'Chosen' })).toBeNull()
  })

  it('asks the site once after a pause, however fast one types', async () => {
    const { box, world } = await begin((office) => {
      office.strangers = [pickable(COUNSELLOR, { roles: [] })]
    })
    for (const typed of ['c', 'co', 'con', 'conn']) write(box, typed)
    within(await screen.findByRole('option', { name: /Connie/ })).getByText('Not in this course')
    expect(world.questions('furtherPeople')).toHaveLength(1)
  })

  it('takes several, one after the other, by keyboard alone, and lets them go again', async () => {
    const { box } = await begin()
    for (const typed of ['anna', 'ben']) {
      write(box, typed)
      await screen.findByText('1 person found')
      fireEvent.keyDown(box, { key: 'ArrowDown' })
      fireEvent.keyDown(box, { key: 'Enter' })
    }
    expect(chips().map((chip) => chip.textContent)).toEqual(['Anna Weber', 'Ben Ortiz'])
    fireEvent.keyDown(box, { key: 'Backspace' })
    const last = screen.getByRole('button', { name: 'Remove Ben Ortiz' })
    expect(document.activeElement).toBe(last)
    fireEvent.keyDown(last, { key: 'ArrowLeft' })
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove Anna Weber' }))
    fireEvent.keyDown(document.activeElement as Element, { key: 'Delete' })
    expect(chips().map((chip) => chip.textContent)).toEqual(['Ben Ortiz'])
    await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('combobox'))
  })

  it('offers nobody twice', async () => {
    const { box } = await begin()
    await choose(box, 'anna', /Anna Weber/)
    write(box, 'anna')
    const again = await screen.findByRole('option', { name: /Anna Weber/ })
    expect(again.getAttribute('aria-selected')).toBe('true')
    fireEvent.click(again)
    expect(chips()).toHaveLength(1)
  })

  it.each([
    ['reads the course still', { state: 'reading' as const, people: [], wholes: [] }, /Reading the people/],
    ['cannot tell roles', { rolesKnown: false }, /does not tell who has which role/],
    ['follows the course’s habit', { isLimited: true }, /Moodle’s own rules still decide/],
  ])('says that it %s', async (_, found, words) => {
    const { box } = await begin((world) => {
      world.found = found
    })
    write(box, 'x')
    await screen.findByText(words)
  })

  it('has no violations with chips, an open list and an unfolded group', async () => {
    const { box } = await begin((world) => world.cannot.set(BEN.id, 'contacts-only'))
    await choose(box, 'group', /Group A/)
    fireEvent.click(screen.getByRole('button', { name: /Group A/, expanded: false }))
    write(box, 'a')
    await screen.findByRole('option', { name: /Anna Weber/ })
    await screen.findByText('1 person cannot be reached', { selector: 'summary' })
    expect(await violations()).toEqual([])
  })
})

describe('a whole group', () => {
  it('is one choice that unfolds, and whose people may be unticked', async () => {
    const { box, world } = await begin((office) => office.cannot.set(BEN.id, 'contacts-only'))
    await choose(box, 'group', /Group A/)
    fireEvent.click(screen.getByRole('button', { name: /Group A/, expanded: false }))
    const carla = await screen.findByRole('checkbox', { name: /Carla Costa/ })
    fireEvent.click(carla)
    await screen.findByRole('button', { name: /Group A 2 people/, expanded: true })
    await screen.findByText('1 person gets a private copy.')
    const out = await screen.findByText('1 person cannot be reached', { selector: 'summary' })
    within(out.closest('details') as HTMLElement).getByText('Accepts messages from contacts only')
    write(screen.getByRole('textbox', { name: 'Write to 1 person…' }), 'Dear all')
    fireEvent.click(screen.getByRole('button', { name: 'Send to 1 person' }))
    await waitFor(() =>
      expect(world.questions('sendToSeveral')).toMatchObject([
        { who: writeIds([ANNA.id]), draft: { subject: 'Essay 1', text: 'Dear all' } },
      ]),
    )
    expect(world.questions('send')).toEqual([])
  })

  it('is kept in the draft without those who were unticked', async () => {
    const { box, world, desk } = await begin()
    await choose(box, 'group', /Group A/)
    fireEvent.click(screen.getByRole('button', { name: /Group A/, expanded: false }))
    fireEvent.click(await screen.findByRole('checkbox', { name: /Carla Costa/ }))
    write(screen.getByRole('textbox', { name: /^Write to/ }), 'Dear')
    desk.back()
    await waitFor(() => expect(world.drafts.size).toBe(1))
    await desk.writeNew()
    await screen.findByText('2 people get a private copy each.')
  })
})

describe('a course’s signature', () => {
  const signed = { ...account(), signatures: { 2: 'Tara, room 12' } }

  async function beginSigned() {
    const { world, box, desk } = await begin((office) => {
      office.accounts = [signed]
    })
    world.tell({ topics: ['accounts'] })
    await waitFor(() => expect(desk.accounts.value[0]?.signatures).toBeDefined())
    await choose(box, 'anna', /Anna Weber/)
    write(screen.getByRole('textbox', { name: /^Write to/ }), 'Dear Anna')
    return { world, box: await screen.findByRole('checkbox', { name: 'With your signature' }) }
  }

  const send = () => fireEvent.click(screen.getByRole('button', { name: /^Send to/ }))

  it('is shown below the words, and sent as it is shown', async () => {
    const { world } = await beginSigned()
    screen.getByText('Tara, room 12')
    expect(await violations()).toEqual([])
    send()
    await waitFor(() =>
      expect(world.questions('send')).toMatchObject([{ text: 'Dear Anna', signature: 'Tara, room 12' }]),
    )
  })

  it('is left out by one click, and put back by another', async () => {
    const { world, box } = await beginSigned()
    fireEvent.click(box)
    await waitFor(() => expect(screen.queryByText('Tara, room 12')).toBeNull())
    fireEvent.click(box)
    await screen.findByText('Tara, room 12')
    fireEvent.click(box)
    send()
    await waitFor(() => expect(world.questions('send')).toMatchObject([{ signature: '' }]))
  })
})

describe('sending later', () => {
  it('asks for a time and says what must be so then', async () => {
    const { world, box } = await begin()
    await choose(box, 'anna', /Anna Weber/)
    const clock = screen.getByRole('button', { name: 'Send later' }) as HTMLButtonElement
    expect(clock.disabled).toBe(true)
    write(screen.getByRole('textbox', { name: /^Write to/ }), 'Dear Anna')
    await waitFor(() => expect(clock.disabled).toBe(false))
    fireEvent.click(clock)
    const sheet = await screen.findByRole('dialog', { name: 'Send later' })
    within(sheet).getByText(/this browser is open and you are logged in/)
    expect(await violations()).toEqual([])
    fireEvent.click(within(sheet).getByRole('button', { name: /Tomorrow morning/ }))
    await waitFor(() => expect(world.questions('send')).toHaveLength(1))
    const [sent] = world.questions('send') as Draft[]
    expect(new Date((sent?.sendAt ?? 0) * 1000).getHours()).toBe(8)
    expect(sent?.sendAt).toBeGreaterThan(Date.now() / 1000)
    expect(screen.queryByRole('dialog', { name: 'Send later' })).toBeNull()
  })

  it('holds for several too', async () => {
    const { world, box } = await begin()
    await choose(box, 'group', /Group A/)
    await screen.findByText('3 people get a private copy each.')
    write(screen.getByRole('textbox', { name: /^Write to/ }), 'Dear all')
    fireEvent.click(screen.getByRole('button', { name: 'Send later' }))
    fireEvent.click(await screen.findByRole('button', { name: /Next Monday/ }))
    await waitFor(() =>
      expect(world.questions('sendToSeveral')).toMatchObject([
        { draft: { text: 'Dear all', sendAt: expect.any(Number) } },
      ]),
    )
  })
})

describe('to several', () => {
  it('goes no further than this person may', async () => {
    const { box, world } = await begin((office) => {
      office.found = { most: 1, wholes: [] }
    })
    await choose(box, 'anna', /Anna Weber/)
    expect(screen.queryByRole('combobox', { name: 'To' })).toBeNull()
    expect(world.questions('people').length).toBeGreaterThan(0)
  })

  it('says to a student what no answer expected would mean only if it is ticked', async () => {
    await begin((world) => {
      world.found = { isTeacher: false }
    })
    expect(screen.queryByRole('checkbox', { name: /No answer expected/ })).toBeNull()
  })
})
