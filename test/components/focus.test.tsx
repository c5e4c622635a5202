// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { createDeskModel } from '../../components/models/desk.ts'
import { Desk } from '../../components/panel/desk.tsx'
import type { Hello } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { ANNA, account, BEN, ESSAY, message, pickable, refTo, row, thread } from '../example.ts'
import { createOffice, draw, useScreen } from './screen.tsx'

useScreen()

const hello: Hello = { version: 1, settings: DEFAULT_SETTINGS, account: account() }

async function open() {
  const { world, connection } = createOffice()
  world.rows = [row({ unread: 2 }), row({ ref: refTo(BEN), people: [BEN] })]
  world.put(thread())
  world.recipients = [pickable(ANNA), pickable(BEN)]
  const desk = createDeskModel(connection, { hello, place: ESSAY })
  desk.list.load()
  draw(<Desk desk={desk} />)
  await waitFor(() => expect(document.querySelectorAll('.row')).toHaveLength(2))
  return { world, desk }
}

/** What a screen reader is at. */
const at = () => document.activeElement
const press = async (name: string | RegExp) => {
  const button = await screen.findByRole('button', { name })
  button.focus()
  fireEvent.click(button)
}

describe('the focus', () => {
  it('stays with the rows when something was done with those chosen, or nothing', async () => {
    const { desk } = await open()
    for (const name of ['Mark read', 'Stop selecting']) {
      const [first] = desk.list.rows.value
      if (first) desk.list.selection.toggle(first)
      await press(name)
      await waitFor(() => expect(screen.queryByRole('toolbar')).toBeNull())
      expect(at()?.className).toBe('row')
    }
  })

  it('stops once in the list, at a row and what belongs to it', async () => {
    await open()
    const stops = [...document.querySelectorAll<HTMLElement>('.rows-item :is(button, a, input)')]
    expect(stops.map(({ className, tabIndex }) => [className, tabIndex])).toEqual([
      ['row', 0],
      ['row-page icon-button', 0],
      ['row', -1],
      ['row-page icon-button', -1],
    ])
  })

  it('goes on to the next row when the one that it is in goes', async () => {
    const { desk, world } = await open()
    document.querySelector<HTMLElement>('.row')?.focus()
    world.rows = world.rows.slice(1)
    await desk.list.load()
    await waitFor(() => expect(document.querySelectorAll('.row')).toHaveLength(1))
    expect(at()).toBe(document.querySelector('.row'))
  })

  it('comes back from a sheet to what it was opened from', async () => {
    const { desk } = await open()
    const opener = screen.getByRole('button', { name: 'New' })
    opener.focus()
    desk.deeds.sheet.value = { kind: 'keys' }
    fireEvent.keyDown(await screen.findByRole('dialog'), { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(at()).toBe(opener)
  })

  it('comes back to the dialogue’s title where that is gone by then', async () => {
    const { desk } = await open()
    desk.open(refTo(ANNA), true)
    const [opener] = await screen.findAllByRole('button', { name: 'More about this message' })
    opener?.focus()
    desk.deeds.sheet.value = { kind: 'keys' }
    await screen.findByRole('dialog')
    opener?.remove()
    desk.deeds.sheet.value = undefined
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(at()?.className).toContain('head-title')
  })
})

describe('the messages of a dialogue', () => {
  it('have one stop for Tab between them, the newest; arrows, Home and End go on to the others', async () => {
    const { world, desk } = await open()
    world.put(thread({ messages: [1, 2, 3].map((id) => message(id)) }))
    desk.open(refTo(ANNA), true)
    const buttons = await screen.findAllByRole('button', { name: 'More about this message' })
    const stops = () => buttons.filter(({ tabIndex }) => tabIndex === 0).map((each) => buttons.indexOf(each))
    expect(stops()).toEqual([2])
    buttons[2]?.focus()
    for (const [key, next] of [
      ['ArrowUp', 1],
      ['Home', 0],
      ['ArrowUp', 0],
      ['ArrowDown', 1],
      ['End', 2],
    ] as const) {
      fireEvent.keyDown(at() as Element, { key })
      expect(at()).toBe(buttons[next])
      expect(stops()).toEqual([next])
    }
  })

  it('leave the stop where it was chosen when news come, and hand it on when it goes', async () => {
    const { world, desk } = await open()
    world.put(thread({ messages: [1, 2, 3].map((id) => message(id)) }))
    desk.open(refTo(ANNA), true)
    const [first] = await screen.findAllByRole('button', { name: 'More about this message' })
    first?.focus()
    const messages = [1, 2, 3, 4].map((id) => message(id))
    world.change(refTo(ANNA), { messages })
    const all = () => screen.getAllByRole('button', { name: 'More about this message' })
    await waitFor(() => expect(all()).toHaveLength(4))
    expect(all().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1, -1])
    world.put(thread({ messages: messages.slice(1) }))
    world.tell({ ...refTo(ANNA), topics: ['thread'], gone: [1] })
    await waitFor(() => expect(all()).toHaveLength(3))
    expect(all().map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0])
  })

  it('are each called after who wrote them and when', async () => {
    const { desk } = await open()
    desk.open(refTo(ANNA), true)
    const [first] = await screen.findAllByRole('article')
    expect(first?.getAttribute('aria-label')).toMatch(/^(You|Anna Weber), \S/)
  })
})

describe('what is read aloud', () => {
  it('is said again when the same is done again', async () => {
    const { desk } = await open()
    desk.announce('On its way')
    const first = await screen.findByText('On its way')
    desk.announce('On its way')
    await waitFor(() => expect(screen.getByText('On its way')).not.toBe(first))
  })

  it('has its place before it is said, and never goes through the names of those who cannot be reached', async () => {
    const { world, desk } = await open()
    world.cannot.set(BEN.id, 'contacts-only')
    await desk.writeNew()
    const box = await screen.findByRole('combobox', { name: 'To' })
    const place = document.querySelector('.copies [role=status]')
    expect(place?.textContent).toBe('')
    for (const name of [/Anna Weber/, /Ben Ortiz/]) {
      fireEvent.input(box, { target: { value: 'e' } })
      fireEvent.click(await screen.findByRole('option', { name }))
    }
    await screen.findByText('1 person cannot be reached', { selector: 'summary' })
    expect(document.querySelector('.copies [role=status]')).toBe(place)
    expect(place?.textContent).toMatch(/^1 person gets a private copy.*1 person cannot be reached$/)
    for (const region of document.querySelectorAll('[role=status]'))
      expect(region.textContent).not.toContain('Ben Ortiz')
  })
})
