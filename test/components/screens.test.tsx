// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { Popup } from '../../components/accounts/popup.tsx'
import { Rows } from '../../components/dialogue-list/rows.tsx'
import { createDeskModel } from '../../components/models/desk.ts'
import { createPopupModel } from '../../components/models/popup.ts'
import { createSelection } from '../../components/models/selection.ts'
import { Desk } from '../../components/panel/desk.tsx'
import type { Options } from '../../components/settings/options.tsx'
import type { Hello } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { ANNA, account, BEN, ESSAY, entry, message, pickable, refTo, row, thread } from '../example.ts'
import { drawOptions } from './options-screen.tsx'
import { createOffice, draw, useScreen, violations } from './screen.tsx'

useScreen()

const { subject: _, ...general } = row()
const hello: Hello = { version: 1, settings: DEFAULT_SETTINGS, account: account() }

function open(prepare: (world: ReturnType<typeof createOffice>['world']) => void = () => {}) {
  const { world, connection } = createOffice()
  world.rows = [
    row({ unread: 2, needsAnswer: true }),
    { ...general, ref: refTo(BEN), people: [BEN], outbox: 'refused', hasDraft: true },
  ]
  world.put(thread())
  world.recipients = [
    pickable(ANNA),
    pickable(BEN),
    pickable({ id: 9, fullName: 'Annabel Lee' }, { whyNot: 'contacts-only' }),
  ]
  prepare(world)
  const desk = createDeskModel(connection, { hello, place: ESSAY })
  desk.list.load()
  draw(<Desk desk={desk} />)
  return { world, desk }
}

const editor = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Write to Anna…' })
const write = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } })

describe('a dialogue that is opened', () => {
  it('is laid out where it is seen, and not once more when it is shown', async () => {
    const levels: (string | undefined)[] = []
    const height = vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(function (
      this: HTMLElement,
    ) {
      levels.push(this.closest<HTMLElement>('.desk')?.dataset.level)
      return 0
    })
    open()
    fireEvent.click(await screen.findByRole('button', { name: /Anna/ }))
    await screen.findByRole('log')
    height.mockRestore()
    expect(new Set(levels)).toEqual(new Set(['dialogue']))
  })
})

describe('the list', () => {
  it('has one stop for Tab and moves by arrows, Home and End', async () => {
    open()
    const rows = await screen.findAllByRole('button', { name: /Anna|Ben/ })
    expect(rows.map(({ tabIndex }) => tabIndex)).toEqual([0, -1])
    rows[0]?.focus()
    fireEvent.keyDown(rows[0] ?? document.body, { key: 'ArrowDown' })
    await waitFor(() => expect(document.activeElement).toBe(rows[1]))
    expect(rows.map(({ tabIndex }) => tabIndex)).toEqual([-1, 0])
    fireEvent.keyDown(rows[1] ?? document.body, { key: 'Home' })
    await waitFor(() => expect(document.activeElement).toBe(rows[0]))
  })

  it('says unread, refused and draft in words', async () => {
    open()
    await screen.findByText('2 unread messages')
    screen.getByText('A message was not delivered')
    screen.getByText('Draft')
  })

  it('is called after the person where there is no subject', async () => {
    draw(
      <Rows
        rows={[{ ...general, people: [BEN] }]}
        hasMore={false}
        current={undefined}
        siteNames={new Map()}
        onOpen={() => {}}
        onNear={() => {}}
        onMore={() => {}}
        group="none"
        groups={[]}
        selection={createSelection({ value: [] })}
        onOpenPage={undefined}
      />,
    )
    expect(document.querySelector('.row-title')?.textContent).toBe('Ben Ortiz')
  })

  it('has one sentence and one action when it is empty', async () => {
    const { desk } = open((world) => {
      world.rows = []
    })
    fireEvent.click(await screen.findByRole('button', { name: 'Start a dialogue' }))
    await waitFor(() => expect(desk.route.value.level).toBe('new'))
  })

  it('says where to log in when the session has ended, and keeps its rows', async () => {
    open((world) => {
      world.sync = { phase: 'paused', trouble: { kind: 'signed-out', mender: 'person' } }
    })
    const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'Log in' })
    expect(link.href).toBe('https://moodle.example/school/login/index.php')
    expect(document.querySelectorAll('.row')).toHaveLength(2)
  })

  it('never follows a made-up address to mend something', async () => {
    open((world) => {
      const link = 'javascript:alert(1)'
      world.sync = { phase: 'paused', trouble: { kind: 'policy', mender: 'person', link } }
    })
    const link = await screen.findByRole('link', { name: 'Open Moodle' })
    expect(link.getAttribute('href')).toBe('https://moodle.example/school')
  })

  it('hides names and texts with one press, everywhere', async () => {
    const { world } = open()
    fireEvent.click(await screen.findByRole('button', { name: 'Hide names and texts' }))
    await waitFor(() => expect(world.questions('saveSettings')).toEqual([{ hidden: true }]))
    expect(document.querySelector('.desk')?.getAttribute('data-hidden')).toBe('true')
  })
})

describe('a dialogue', () => {
  const openAnna = (prepare?: Parameters<typeof open>[0]) => {
    const opened = open(prepare)
    opened.desk.open(refTo(ANNA), true)
    return opened
  }

  it('says who can read it, and about which page it is', async () => {
    openAnna()
    await screen.findByText('You two and site administrators can read this')
    expect(screen.getByRole<HTMLAnchorElement>('link', { name: 'Biology 101 › Essay 1' }).href).toBe(
      ESSAY.url,
    )
    screen.getByText('About: Essay 1')
  })

  it('gets the focus on its title', async () => {
    openAnna()
    await editor()
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Essay 1 feedback'))
  })

  it('gives the focus back to its row, as a new dialogue does to "New"', async () => {
    const { desk } = open()
    const second = (await screen.findAllByRole('button', { name: /Ben Ortiz/ }))[0]
    second?.focus()
    desk.open(refTo(ANNA), true)
    await editor()
    fireEvent.click(screen.getByRole('button', { name: 'Back to the list' }))
    await waitFor(() => expect(document.activeElement).toBe(second))
    await desk.writeNew()
    fireEvent.click(await screen.findByRole('button', { name: 'Back to the list' }))
    await waitFor(() => expect(document.activeElement?.textContent).toContain('New'))
  })

  it('is bound to its person by name', async () => {
    openAnna()
    await editor()
    screen.getByRole('button', { name: 'Send to Anna Weber' })
  })

  it.each(['', ' \n\t ', '\u2060'])('cannot send %j', async (blank) => {
    const { world } = openAnna()
    const field = await editor()
    write(field, blank)
    const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Send to Anna Weber' })
    expect(button.disabled).toBe(true)
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
    expect(world.questions('send')).toEqual([])
  })

  it('sends with Ctrl+Enter, not with Enter alone, and not while a word is being composed', async () => {
    const { world } = openAnna()
    const field = await editor()
    write(field, 'Dear Anna')
    fireEvent.keyDown(field, { key: 'Enter' })
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true, isComposing: true })
    expect(world.questions('send')).toEqual([])
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
    await waitFor(() => expect(world.questions('send')).toMatchObject([{ text: 'Dear Anna', about: ESSAY }]))
    await screen.findByText('On its way')
    await waitFor(() => expect(field.value).toBe(''))
  })

  it('sends with Enter where the person chose so', async () => {
    const { desk, world } = openAnna()
    desk.settings.value = { ...desk.settings.value, sendWith: 'enter' }
    const field = await editor()
    write(field, 'Dear Anna')
    fireEvent.keyDown(field, { key: 'Enter', shiftKey: true })
    expect(world.questions('send')).toEqual([])
    fireEvent.keyDown(field, { key: 'Enter' })
    await waitFor(() => expect(world.questions('send')).toHaveLength(1))
  })

  it('counts bytes near the limit and refuses above it', async () => {
    openAnna()
    const field = await editor()
    write(field, 'x'.repeat(4000))
    fireEvent.blur(field)
    await screen.findByText('96 bytes left')
    write(field, 'x'.repeat(4100))
    fireEvent.blur(field)
    await screen.findByText('4 bytes too long')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send to Anna Weber' }).disabled).toBe(true)
  })

  it('says quietly that the draft is saved', async () => {
    openAnna()
    const field = await editor()
    write(field, 'Dear')
    fireEvent.blur(field)
    expect((await screen.findByText('Draft saved')).getAttribute('aria-live')).toBe('off')
  })

  it('explains a dropped file', async () => {
    openAnna()
    const field = await editor()
    const dropped = new Event('drop', { bubbles: true, cancelable: true })
    Object.assign(dropped, { dataTransfer: { files: [new File(['x'], 'x.pdf')], types: ['Files'] } })
    fireEvent(field, dropped)
    expect(dropped.defaultPrevented).toBe(true)
    await screen.findByText(/Moodle messages cannot carry files/)
    screen.getByRole('link', { name: 'Private files' })
  })

  it('keeps a refused message with its reason, to edit, copy or drop', async () => {
    const trouble = {
      kind: 'recipient-refuses',
      mender: 'nobody',
      serverSays: 'Anna accepts contacts only',
    } as const
    const { world } = openAnna((world) => {
      world.put(thread({ entries: [entry({ state: 'refused', trouble })] }))
    })
    await screen.findByText('Not delivered: Anna accepts contacts only')
    screen.getByRole('button', { name: 'Copy' })
    fireEvent.click(screen.getByRole('button', { name: 'Drop' }))
    expect(world.questions('drop')).toEqual([])
    fireEvent.click(await screen.findByRole('button', { name: 'Drop for good' }))
    await waitFor(() => expect(world.questions('drop')).toHaveLength(1))
  })

  it('undoes within the time given, back into the field', async () => {
    openAnna((world) => {
      world.put(thread({ entries: [entry({ canUndo: true, notBeforeMs: Date.now() + 5000 })] }))
    })
    await screen.findByText(/Leaves in \d seconds/)
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(async () => expect((await editor()).value).toBe('The second paragraph needs one.'))
  })

  it('says until when a message is put off, and that it can be changed or sent at once', async () => {
    const { world } = openAnna((world) => {
      const sendAt = Math.floor(Date.now() / 1000) + 86_400
      world.put(thread({ entries: [entry({ canUndo: true, notBeforeMs: Date.now() + 5000, sendAt })] }))
    })
    await screen.findByText(/^Leaves on .+, if this browser is open then$/)
    fireEvent.click(screen.getByRole('button', { name: 'Send now' }))
    await waitFor(() => expect(world.questions('sendNow')).toMatchObject([{ key: entry().key }]))
    fireEvent.click(screen.getByRole('button', { name: 'Edit' }))
    await waitFor(async () => expect((await editor()).value).toBe('The second paragraph needs one.'))
  })

  it('asks where nobody can tell whether a message arrived', async () => {
    const { world } = openAnna((world) => {
      const trouble = { kind: 'not-proven', mender: 'person' } as const
      world.put(thread({ entries: [entry({ state: 'unconfirmed', trouble })] }))
    })
    fireEvent.click(await screen.findByRole('button', { name: 'It arrived' }))
    await waitFor(() => expect(world.questions('settle')).toMatchObject([{ arrived: true }]))
  })

  it.each([
    [{ kind: 'offline' }, 'Waiting for the connection'],
    [{ kind: 'signed-out' }, 'Waiting until you log in to Moodle'],
    [{ kind: 'maintenance', serverSays: 'Back at noon' }, 'Waiting: Back at noon'],
  ] as const)('says what a message waits for: %j', async (trouble, words) => {
    openAnna((world) => {
      world.put(thread({ entries: [entry({ trouble: { mender: 'wait', ...trouble } })] }))
    })
    await screen.findByText(words)
  })

  it('says that the page moved on to somebody else, and keeps the text with its person', async () => {
    const { desk } = openAnna()
    const field = await editor()
    write(field, 'Dear Anna')
    desk.place.value = { ...ESSAY, personId: BEN.id, personName: BEN.fullName }
    await screen.findByText('This page is now about Ben Ortiz. Your text is still for Anna Weber.')
    expect(field.value).toBe('Dear Anna')
  })

  it('marks a day with its year, what is new, and what was filed by guess', async () => {
    openAnna((world) => {
      const messages = [message(1), message(2, { guessed: true, unread: true })]
      world.put(thread({ messages, firstUnreadId: 2 }))
    })
    await screen.findByText(/2026$/)
    screen.getByText('new')
    screen.getByText('Filed here by guess')
  })

  it('gives way to a sentence where it is closed', async () => {
    openAnna((world) => {
      world.put(
        thread({ state: 'closed', canAnswer: false, closedBy: { name: 'Tara', time: 1_794_400_000 } }),
      )
    })
    await screen.findByText(/^Closed by Tara on \d+ November 2026\.$/)
    expect(screen.queryByRole('button', { name: /Send/ })).toBe(null)
  })

  it('says "reload this page" after an update of the extension', async () => {
    const { world } = openAnna()
    const field = await editor()
    world.isDown = true
    world.isAlive = false
    write(field, 'Dear')
    fireEvent.blur(field)
    await screen.findByText(/Reload this page/)
  })
})

describe('a new dialogue', () => {
  it('finds its person by typing, by keyboard alone', async () => {
    const { desk, world } = open()
    await desk.writeNew()
    const box = await screen.findByRole('combobox', { name: 'To' })
    write(box, 'ann')
    await screen.findByText('2 people found')
    expect(box.getAttribute('aria-expanded')).toBe('true')
    fireEvent.keyDown(box, { key: 'ArrowDown' })
    const active = () => document.getElementById(box.getAttribute('aria-activedescendant') ?? '')
    await waitFor(() => expect(active()?.textContent).toContain('Anna Weber'))
    fireEvent.keyDown(box, { key: 'Enter' })
    const field = await editor()
    write(field, 'Dear Anna')
    fireEvent.click(screen.getByRole('button', { name: 'Send to Anna Weber' }))
    await waitFor(() =>
      expect(world.questions('send')).toMatchObject([{ to: ANNA, subject: 'Essay 1', about: ESSAY }]),
    )
  })

  it('can say that no answer is expected', async () => {
    const { desk } = open()
    await desk.writeNew()
    fireEvent.click(await screen.findByRole('checkbox', { name: /No answer expected/ }))
    const route = desk.route.value
    await waitFor(() =>
      expect(route.level === 'new' && route.compose.draft.value.repliesExpected).toBe(false),
    )
  })
})

describe('the settings', () => {
  const at = async (first: Parameters<typeof Options>[0]['first']) => {
    const { world, connection } = createOffice()
    await drawOptions(connection, first, { version: '1.2.3', requestNotifications: async () => false }).load()
    return world
  }

  it('are saved at once, with undo', async () => {
    const world = await at('reading')
    const field = await screen.findByLabelText('Time to undo')
    fireEvent.change(field, { target: { value: '30' } })
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() =>
      expect(world.questions('saveSettings')).toEqual([{ undoSeconds: 30 }, { undoSeconds: 5 }]),
    )
  })

  it('leave notifications off when the browser was told no', async () => {
    const world = await at('notifications')
    fireEvent.click(await screen.findByRole('switch', { name: 'Tell me about new messages' }))
    await screen.findByText(/did not give permission/)
    expect(world.settings.notifications).toBe(false)
  })

  it('remove an account only after a second question', async () => {
    const world = await at('accounts')
    fireEvent.click(await screen.findByRole('button', { name: 'Remove account and everything of it' }))
    const dialog = await screen.findByRole('dialog', { name: 'Remove your account on Example School?' })
    within(dialog).getByText(/never sent/)
    expect(world.questions('removeAccount')).toEqual([])
    fireEvent.click(within(dialog).getByRole('button', { name: 'Remove account and everything of it' }))
    await screen.findByText(/No accounts yet/)
  })

  it('move between tabs by arrows', async () => {
    await at('accounts')
    const tabs = screen.getAllByRole('tab')
    fireEvent.keyDown(tabs[0] ?? document.body, { key: 'End' })
    await screen.findByText('Version 1.2.3')
    expect(document.activeElement).toBe(tabs.at(-1))
  })
})

describe('every screen', () => {
  it('has a list without violations', async () => {
    open()
    await screen.findByText('Essay 1 feedback')
    expect(await violations()).toEqual([])
  })

  it('has a dialogue without violations', async () => {
    const { desk } = open((world) => {
      const trouble = { kind: 'offline', mender: 'wait' } as const
      world.put(
        thread({ entries: [entry({ state: 'refused', trouble })], sync: { phase: 'waiting', trouble } }),
      )
    })
    desk.open(refTo(ANNA), true)
    await editor()
    expect(await violations()).toEqual([])
  })

  it('has a new dialogue without violations', async () => {
    const { desk } = open()
    await desk.writeNew()
    write(await screen.findByRole('combobox', { name: 'To' }), 'an')
    await screen.findByText(/people found/)
    expect(await violations()).toEqual([])
  })

  it('has a popup without violations', async () => {
    const { world, connection } = createOffice()
    world.rows = [row({ unread: 1 })]
    const popup = createPopupModel(connection, { tabId: Promise.resolve(1), requestSite: async () => true })
    draw(<Popup popup={popup} />)
    await popup.begin()
    await screen.findByText('Essay 1 feedback')
    screen.getByText(/This tab is not a Moodle page/)
    expect(await violations()).toEqual([])
    popup.tab.value = { kind: 'site', wwwroot: 'https://other.example', state: 'off' }
    fireEvent.click(await screen.findByRole('button', { name: 'Turn on for this site' }))
    expect((await screen.findByRole<HTMLInputElement>('radio', { name: /^No/ })).checked).toBe(true)
    expect(await violations()).toEqual([])
  })

  it.each(['accounts', 'reading', 'notifications', 'privacy', 'diagnostics', 'about'] as const)(
    'has a tab %s without violations',
    async (first) => {
      const { connection } = createOffice()
      await drawOptions(connection, first).load()
      expect(await violations()).toEqual([])
    },
  )
})
