// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { Composer } from '../../components/composer/composer.tsx'
import { createDraftModel } from '../../components/models/draft.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { FieldValues } from '../../lib/dialogue/template.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/extension/settings.ts'
import { ACCOUNT_ID, ANNA } from '../example.ts'
import { createOffice, draw, useScreen, violations } from './screen.tsx'

useScreen()

const NEW: Draft = {
  accountId: ACCOUNT_ID,
  key: 'new/2/3',
  to: ANNA,
  text: '',
  timeChanged: 0,
  messageKey: 'p7d2w8zr41ch',
}
const TO_ANNA: FieldValues = { firstname: 'Anna', course: 'Biology 101', teacher: 'Tara Teacher' }

function compose(settings: Partial<Settings> = {}, values: FieldValues | undefined = TO_ANNA) {
  const { world, connection } = createOffice()
  const draft = createDraftModel(connection, NEW)
  const sent: string[] = []
  draw(
    <Composer
      draft={draft}
      label="Write to Anna"
      sendLabel="Send"
      canSend
      settings={{ ...DEFAULT_SETTINGS, ...settings }}
      courseUrl={undefined}
      values={values}
      onSend={() => sent.push(draft.draft.value.text)}
    />,
  )
  const box = screen.getByRole('textbox') as HTMLTextAreaElement
  const type = (text: string) => {
    box.focus()
    fireEvent.input(box, { target: { value: text } })
  }
  return { world, draft, box, type, sent }
}

const names = async () =>
  within(await screen.findByRole('listbox'))
    .getAllByRole('option')
    .map(({ textContent }) => textContent)

describe('a shortcut in a message', () => {
  it('asks for nothing before a slash is typed', () => {
    const { world, type } = compose()
    type('Hello and/or goodbye')
    expect(world.questions('templates')).toEqual([])
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('offers what begins like it, and Tab puts it in with what is known of the person', async () => {
    const { box, type, draft } = compose()
    type('/we')
    expect(await names()).toEqual(['Welcome /welcome', 'First week /week'])
    expect(box.getAttribute('aria-activedescendant')).toMatch(/-0$/)
    expect(await violations()).toEqual([])
    fireEvent.keyDown(box, { key: 'Tab' })
    expect(draft.draft.value.text).toMatch(/^Dear Anna,\n\nwelcome to Biology 101\.[^{]*Tara Teacher$/)
    expect(draft.draft.value.subject).toBe('Welcome to Biology 101')
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('is chosen by arrows, and Enter puts it in rather than sending', async () => {
    const { box, type, draft, sent } = compose({ sendWith: 'enter' })
    type('/we')
    await names()
    fireEvent.keyDown(box, { key: 'ArrowDown' })
    fireEvent.keyDown(box, { key: 'Enter' })
    expect(draft.draft.value.text).toContain('the first week is over')
    expect(sent).toEqual([])
  })

  it('keeps what was written before it, and Escape leaves everything as it is', async () => {
    const { box, type, draft } = compose()
    type('First this.\n/welcome')
    await names()
    fireEvent.keyDown(box, { key: 'Escape' })
    await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull())
    expect(draft.draft.value.text).toBe('First this.\n/welcome')
    type('First this.\n/welcome')
    fireEvent.click(await screen.findByRole('option', { name: /Welcome/ }))
    expect(draft.draft.value.text).toMatch(/^First this\.\nDear Anna/)
  })

  it('says which fields nothing is known for', async () => {
    const { type } = compose()
    type('Due {duedate}, dear {firstname}')
    expect(await screen.findByText(/^Nothing is known for \{duedate\}, \{firstname\} here/)).toBeTruthy()
  })

  it('leaves the fields to each of several people', async () => {
    const { world, connection } = createOffice()
    world.templates = undefined
    const { to: _, ...several } = NEW
    const draft = createDraftModel(connection, several)
    draw(
      <Composer
        draft={draft}
        label="Write"
        sendLabel="Send"
        canSend
        settings={DEFAULT_SETTINGS}
        courseUrl={undefined}
        onSend={() => {}}
      />,
    )
    const box = screen.getByRole('textbox')
    fireEvent.input(box, { target: { value: '/welcome' } })
    fireEvent.click(await screen.findByRole('option', { name: /Welcome/ }))
    expect(draft.draft.value.text).toContain('{firstname}')
    expect(screen.queryByText(/^Nothing is known/)).toBeNull()
  })
})
