// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { createDeskModel } from '../../components/models/desk.ts'
import { Desk } from '../../components/panel/desk.tsx'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { Hello } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { ACCOUNT_ID, ANNA, account, BEN, ESSAY, NOW, refTo, row } from '../example.ts'
import { createOffice, draw, useScreen, violations } from './screen.tsx'
import { speak } from './words.ts'

useScreen()

const hello: Hello = { version: 1, settings: DEFAULT_SETTINGS, account: account() }

const half: Draft = {
  accountId: ACCOUNT_ID,
  key: 'new/2/3',
  text: 'Your second paragraph',
  timeChanged: NOW - 60,
  messageKey: 'p7d2w8zr41ch',
  revision: 'r1',
  to: ANNA,
  subject: 'Essay 1',
  about: ESSAY,
}

async function open(change: Partial<Draft> = {}) {
  const { world, connection } = createOffice()
  const draft = { ...half, ...change }
  world.drafts.set(`${ACCOUNT_ID} ${draft.key}`, draft)
  world.rows = [row({ ref: refTo(BEN, 'b3f9a0qm2xtb'), hasDraft: true, subject: 'Lab report' })]
  const desk = createDeskModel(connection, { hello, place: ESSAY })
  await desk.list.toggleFilter('drafts')
  draw(<Desk desk={desk} />)
  return { world, desk, draft }
}

const line = () => screen.findByRole('button', { name: /^Essay 1/ })
const throwAway = () => screen.findByRole('button', { name: 'Throw this draft away: Essay 1' })

describe('a new dialogue, half-written', () => {
  it('stands before the answers that have a draft, with person, subject and first words', async () => {
    await open()
    const begun = await line()
    within(begun).getByText('To Anna Weber')
    expect(begun.textContent).toContain('Your second paragraph')
    within(begun).getByText('Draft, not sent')
    const rows = [...document.querySelectorAll('.rows-item')]
    expect(rows.map((item) => item.classList.contains('begun-row'))).toEqual([true, false])
    expect(await violations()).toEqual([])
  })

  it('names a few of many, and says where nobody is chosen yet', async () => {
    const people = [ANNA, BEN, { ...ANNA, id: 9 }, { ...ANNA, id: 10 }]
    const { to: _, ...noOne } = half
    const several = people.map((person) => ({ kind: 'person' as const, person }))
    const { world, desk } = await open()
    world.drafts.clear()
    world.drafts.set('one', { ...noOne, several })
    world.drafts.set('two', { ...noOne, key: 'new/0/0', subject: '' })
    await desk.list.load()
    await screen.findByText('To Anna Weber, Ben Ortiz, Anna Weber and 1 more')
    screen.getByText('To nobody yet')
    screen.getByText('No subject')
  })

  it('goes on in the composer where it was left', async () => {
    const { desk } = await open()
    fireEvent.click(await line())
    const box = await screen.findByRole('textbox', { name: 'Write to Anna…' })
    expect((box as HTMLTextAreaElement).value).toBe('Your second paragraph')
    expect(desk.route.value.level === 'new' && desk.route.value.compose.draft.value.key).toBe('new/2/3')
  })

  it('is thrown away, and comes back whole when that is undone', async () => {
    const { world, draft } = await open()
    fireEvent.click(await throwAway())
    const undo = await screen.findByRole('button', { name: 'Undo' })
    expect(document.activeElement).toBe(undo)
    expect(world.questions('discardDraft')).toEqual([
      { accountId: ACCOUNT_ID, key: 'new/2/3', basedOn: ['r1'] },
    ])
    world.tell({ topics: ['drafts'] })
    await waitFor(() => expect(screen.queryByText('To Anna Weber')).toBeNull())
    fireEvent.click(undo)
    await waitFor(() => expect([...world.drafts.values()]).toEqual([draft]))
    await waitFor(() => expect(screen.queryByText('The draft was thrown away.')).toBeNull())
  })

  it('stays where it is when it cannot be thrown away, and is held when it cannot come back', async () => {
    const { world } = await open()
    const button = await throwAway()
    world.isDown = true
    fireEvent.click(button)
    await screen.findByText(/could not be thrown away/)
    world.isDown = false
    fireEvent.click(button)
    const undo = await screen.findByRole('button', { name: 'Undo' })
    world.isDown = true
    fireEvent.click(undo)
    await screen.findByText(/could not be brought back/)
    world.isDown = false
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }))
    await waitFor(() => expect(world.drafts.size).toBe(1))
  })

  it('says so in German', async () => {
    speak('de')
    await open()
    await screen.findByText('An Anna Weber')
    screen.getByText('Entwurf, nicht gesendet')
    fireEvent.click(screen.getByRole('button', { name: 'Diesen Entwurf verwerfen: Essay 1' }))
    await screen.findByText('Der Entwurf wurde verworfen.')
  })
})
