// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { createDeskModel } from '../../components/models/desk.ts'
import { grouped } from '../../components/models/search.ts'
import { Desk } from '../../components/panel/desk.tsx'
import type { SearchHit } from '../../lib/dialogue/search-hit.ts'
import type { Hello } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { ACCOUNT_ID, ANNA, account, BEN, ESSAY, message, NOW, refTo, row, thread } from '../example.ts'
import { createOffice, draw, useScreen, violations } from './screen.tsx'

useScreen()

const hello: Hello = { version: 1, settings: DEFAULT_SETTINGS, account: account() }

function hit(change: Partial<SearchHit> = {}): SearchHit {
  return {
    ref: refTo(ANNA),
    kind: 'individual',
    subject: { text: 'Essay 1 feedback', ranges: [] },
    people: { text: 'Anna Weber', ranges: [] },
    messageId: 3,
    mine: false,
    time: NOW - 600,
    snippet: { text: 'It needs a source', ranges: [[11, 15]] },
    ...change,
  }
}

const toBen = (messageId: number) =>
  hit({ ref: refTo(BEN), people: { text: 'Ben Ortiz', ranges: [] }, messageId })

function open(prepare: (world: ReturnType<typeof createOffice>['world']) => void = () => {}) {
  const { world, connection } = createOffice()
  world.rows = [row()]
  world.hits = [hit(), toBen(9), hit({ messageId: 2 })]
  prepare(world)
  const desk = createDeskModel(connection, { hello, place: ESSAY })
  desk.list.load()
  draw(<Desk desk={desk} />)
  return { world, desk }
}

const field = () => screen.getByRole<HTMLInputElement>('searchbox')
const type = (value: string) => fireEvent.input(field(), { target: { value } })
const hits = () => [...document.querySelectorAll<HTMLElement>('.hit')]

async function search(value = 'sour', prepare?: Parameters<typeof open>[0]) {
  const opened = open(prepare)
  fireEvent.click(screen.getByRole('button', { name: 'Search' }))
  type(value)
  if (opened.world.hits.length > 0) await waitFor(() => expect(hits().length).toBeGreaterThan(0))
  return opened
}

describe('the search', () => {
  it('opens at the press of its button or of "/", with the focus in the field, and says how to use it', async () => {
    open()
    fireEvent.keyDown(document.body, { key: '/' })
    await waitFor(() => expect(document.activeElement).toBe(field()))
    expect(screen.getByRole('button', { name: 'Search' }).getAttribute('aria-expanded')).toBe('true')
    screen.getByText(/also without a connection/)
    expect(document.querySelector('.filters')).toBeNull()
  })

  it('leaves "/" to who is writing', async () => {
    await search('a')
    const slash = new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true })
    field().dispatchEvent(slash)
    expect(slash.defaultPrevented).toBe(false)
  })

  it('closes at Escape, and gives the focus back to its button', async () => {
    await search()
    fireEvent.keyDown(field(), { key: 'Escape' })
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Search' })))
    expect(document.querySelector('.row:not(.hit)')).not.toBeNull()
  })

  it('asks once for what was typed quickly, in the scope of the list', async () => {
    const { world } = open()
    fireEvent.click(screen.getByRole('button', { name: 'Search' }))
    for (const typed of ['s', 'so', 'sou']) type(typed)
    await waitFor(() => expect(world.questions('search')).toHaveLength(1))
    expect(world.questions('search')[0]).toMatchObject({
      accountId: ACCOUNT_ID,
      typed: 'sou',
      limit: 20,
      scope: { kind: 'page', cmid: 3 },
    })
    fireEvent.click(screen.getByRole('button', { name: 'All' }))
    await waitFor(() => expect(world.questions('search').at(-1)).toMatchObject({ scope: { kind: 'all' } }))
  })

  it('shows dialogues with their hits, the place marked, and says how many there are', async () => {
    await search()
    expect(hits().map(({ dataset }) => dataset.first)).toEqual(['true', 'false', 'true'])
    expect([...document.querySelectorAll('.hit mark')].map(({ textContent }) => textContent)).toEqual([
      ...['sour', 'sour', 'sour'],
    ])
    expect(screen.getByText('3 results').getAttribute('role')).toBe('status')
  })

  it('never takes what was said for markup', async () => {
    const text = '<img src=x onerror=alert(1)>'
    await search('img', (world) => {
      world.hits = [hit({ snippet: { text, ranges: [[1, 4]] } })]
    })
    expect(document.querySelector('.hit img')).toBeNull()
    expect(document.querySelector('.hit-words')?.textContent).toBe(text)
  })

  it('says that there is nothing, and what is still being prepared', async () => {
    await search('nowhere', (world) => {
      world.hits = []
      world.toIndex = 12
    })
    await screen.findByText('0 results 12 messages are still being prepared for the search.')
    expect(hits()).toEqual([])
  })

  it('moves from the field through what was found by arrows', async () => {
    await search()
    fireEvent.keyDown(field(), { key: 'ArrowDown' })
    expect(document.activeElement).toBe(hits()[0])
    fireEvent.keyDown(hits()[0] ?? document.body, { key: 'End' })
    expect(document.activeElement).toBe(hits()[2])
    fireEvent.keyDown(hits()[0] ?? document.body, { key: 'ArrowUp' })
    expect(document.activeElement).toBe(field())
  })

  it('shows more when asked to', async () => {
    const { world } = await search('sour', (world) => {
      world.hits = Array.from({ length: 25 }, (_, i) => hit({ messageId: i + 1 }))
    })
    screen.getByText('The newest 20 results')
    fireEvent.click(screen.getByRole('button', { name: 'Show more' }))
    await waitFor(() => expect(hits()).toHaveLength(25))
    expect(world.questions('search').at(-1)).toMatchObject({ limit: 40 })
  })

  it('has no violations', async () => {
    await search()
    expect(await violations()).toEqual([])
  })
})

describe('a hit', () => {
  it('opens its dialogue at that message, however far back it is', async () => {
    const far = vi.spyOn(Element.prototype, 'scrollIntoView')
    const { desk } = await search('sour', (world) => {
      world.put(thread({ messages: Array.from({ length: 900 }, (_, i) => message(i + 1)) }))
    })
    fireEvent.click(hits()[1] ?? document.body)
    await waitFor(() => expect(document.querySelector('[data-found]')?.getAttribute('data-id')).toBe('2'))
    expect(document.activeElement).toBe(document.querySelector('[data-found]'))
    expect(far).toHaveBeenCalledOnce()
    expect(desk.openRef.value).toEqual(refTo(ANNA))
  })

  it('by subject or person opens the dialogue as it is', async () => {
    const { messageId: _, ...whole } = hit()
    const { desk } = await search('anna', (world) => {
      world.hits = [whole]
      world.put(thread())
    })
    fireEvent.click(hits()[0] ?? document.body)
    await waitFor(() => expect(desk.openRef.value).toEqual(refTo(ANNA)))
    expect(document.querySelector('[data-found]')).toBeNull()
  })

  it('counts what is shown: a dialogue found by its words not once more for its name', async () => {
    const { messageId: _, ...whole } = hit()
    await search('sour', (world) => {
      world.hits = [whole, hit()]
    })
    screen.getByText('1 result')
  })

  it('of a dialogue found by its words is not shown once more for its name', () => {
    const { messageId: _, ...whole } = hit()
    expect(grouped([whole, hit(), toBen(9)]).map((group) => group.hits.length)).toEqual([1, 1])
    expect(grouped([whole])).toHaveLength(1)
  })
})

describe('the server', () => {
  const button = () => screen.findByRole('button', { name: 'Search older messages on the server' })

  it('is asked once, at a click, and its hits stand below', async () => {
    const { world } = await search('sour', (world) => {
      world.onSite = { hits: [toBen(1)], next: 20 }
      world.put(thread({ ref: refTo(BEN) }))
    })
    expect(world.questions('searchServer')).toEqual([])
    fireEvent.click(await button())
    const below = await screen.findByRole('list', { name: 'Search older messages on the server' })
    expect(world.questions('searchServer')).toEqual([{ accountId: ACCOUNT_ID, typed: 'sour', from: 0 }])
    fireEvent.click(within(below).getByRole('button', { name: /Ben/ }))
    await waitFor(() => expect(world.questions('locate')).toEqual([{ ref: refTo(BEN), messageId: 1 }]))
  })

  it('is forgotten when something else is typed', async () => {
    await search('sour', (world) => {
      world.onSite = { hits: [toBen(1)] }
    })
    fireEvent.click(await button())
    await screen.findByRole('list', { name: 'Search older messages on the server' })
    type('sourc')
    await button()
  })

  it('that cannot be asked says why', async () => {
    await search('sour', (world) => {
      world.onSite = { hits: [], trouble: { kind: 'offline', mender: 'wait' } }
    })
    fireEvent.click(await button())
    await waitFor(() =>
      expect(document.querySelector('.search-site [role=status]')?.textContent).toMatch(/connection/),
    )
  })
})
