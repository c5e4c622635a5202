// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it, vi } from 'vitest'
import { TroubleBar } from '../../components/common/bar.tsx'
import { syncWords } from '../../components/common/sync-words.ts'
import { reportOf } from '../../components/settings/report.ts'
import { Entry } from '../../components/thread/entry.tsx'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { AccountDiagnostics } from '../../lib/extension/diagnostics.ts'
import { ACCOUNT_ID, diagnostics, entry, NOW, WWWROOT } from '../example.ts'
import { drawOptions } from './options-screen.tsx'
import { createOffice, draw, useScreen } from './screen.tsx'

useScreen()

const account = () => {
  const [first] = diagnostics().accounts
  if (!first) throw new Error('the example has no account')
  return first
}

function open(change: Partial<AccountDiagnostics> = {}, own: AccountDiagnostics = account()) {
  const { world, connection } = createOffice()
  world.diagnostics = { ...diagnostics(), accounts: [{ ...own, ...change }] }
  const asShipped = { version: '1.2.3', requestNotifications: async () => false }
  drawOptions(connection, 'diagnostics', asShipped)
  return world
}

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600
const clock = (time: number) => new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(time * 1000)

describe('diagnostics', () => {
  it('say of each account how it is, what it did, and what waits', async () => {
    open()
    const report = within(await screen.findByRole('article', { name: 'Example School' }))
    report.getByText(/^Up to date, read/)
    report.getByText(/, because a page of this site is in use$/)
    report.getByText('Your login in this browser')
    report.getByText('3 seconds behind')
    report.getByText('core_course_search_courses')
    const rounds = within(report.getByRole('table', { name: 'Last looks' })).getAllByRole('row')
    expect(rounds[1]?.textContent).toContain('Moodle does not answer')
    expect(rounds[2]?.textContent).toMatch(/40 ms1News in 2 conversations$/)
    within(report.getByRole('table', { name: 'Outbox' })).getByText('Not delivered')
    const errors = report.getByRole('table', { name: 'Errors since the browser was started' })
    within(errors).getByRole('row', { name: 'unreachable 3' })
    within(report.getByRole('table', { name: 'Kept here' })).getByRole('row', { name: 'messages 812' })
  })

  it('say what there is nothing of', async () => {
    const { transport: _, clockOffset: __, timeNext: ___, ...unknown } = account()
    open({ refused: [], errors: [], outbox: [] }, unknown)
    await screen.findByText('None at present')
    screen.getByText('Not heard yet')
    screen.getByText('As soon as the browser permits')
    expect(screen.getAllByText('None')).toHaveLength(3)
  })

  it('follow what changes', async () => {
    const world = open()
    await screen.findByText('3 seconds behind')
    world.diagnostics = diagnostics({ clockOffset: 1 })
    world.tell({ accountId: ACCOUNT_ID, topics: ['sync'] })
    await screen.findByText('As this computer’s')
  })

  it('are copied as JSON that names nobody', async () => {
    const writeText = vi.fn(async (_: string) => {})
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } })
    const trouble = {
      kind: 'policy',
      mender: 'person',
      serverSays: 'Dear Tara',
      link: `${WWWROOT}/x`,
    } as const
    open({ sync: { phase: 'paused', trouble, timeLastRound: NOW } })
    const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Copy as JSON' })
    await waitFor(() => expect(button.disabled).toBe(false))
    fireEvent.click(button)
    await screen.findByText('Copied')
    const json = writeText.mock.calls[0]?.[0] ?? ''
    expect(JSON.parse(json)).toMatchObject({
      aside: '1.2.3',
      accounts: [{ number: 1, trouble: 'policy', lastRound: '2026-11-12T12:00:00.000Z' }],
    })
    expect(json).not.toMatch(/moodle\.example|Example School|Tara|https?:/)
  })

  it('are the same whatever the site is called', () => {
    const one = reportOf(diagnostics(), '1')
    expect(reportOf(diagnostics({ siteName: 'Secret', accountId: '9@secret.example' }), '1')).toBe(one)
  })
})

describe('a site that does not answer', () => {
  const bar = (trouble: Trouble, onTryAgain = () => {}) =>
    draw(<TroubleBar trouble={trouble} siteUrl={WWWROOT} onTryAgain={onTryAgain} />)

  it('says until when it is waited, and tries now on a press', async () => {
    const timeRetry = inAnHour()
    const tried = vi.fn()
    bar({ kind: 'unreachable', mender: 'wait', timeRetry }, tried)
    screen.getByText(
      `Waiting until ${clock(timeRetry)}: Moodle does not answer. What you write is kept and sent later.`,
    )
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }))
    await screen.findByText('Asking Moodle')
    expect(tried).toHaveBeenCalledTimes(1)
    expect(screen.queryByRole('button')).toBe(null)
  })

  it.each([
    ['whose time is over', { kind: 'unreachable', mender: 'wait', timeRetry: NOW - 1_000_000_000 }],
    ['without a connection', { kind: 'offline', mender: 'wait', timeRetry: 4_000_000_000 }],
  ] as const)('names no time %s', (_, trouble) => {
    bar(trouble)
    expect(screen.getByRole('status').textContent).not.toContain('Waiting until')
    screen.getByRole('button', { name: 'Try now' })
  })

  it('is said at the message that waits, with the same press', async () => {
    const timeRetry = inAnHour()
    const tried = vi.fn()
    const trouble = { kind: 'unreachable', mender: 'wait', timeRetry } as const
    const deeds = {
      onTakeBack: () => {},
      onDrop: () => {},
      onSettle: () => {},
      onCopied: () => {},
      onSendNow: () => {},
    }
    draw(<Entry entry={entry({ trouble })} wwwroot={WWWROOT} {...deeds} onTryAgain={tried} />)
    screen.getByText(`Waiting until ${clock(timeRetry)}`)
    fireEvent.click(screen.getByRole('button', { name: 'Try now' }))
    expect(tried).toHaveBeenCalledTimes(1)
  })
})

describe('the state of sync', () => {
  it.each([
    [{ phase: 'up-to-date' }, 'Not read yet.'],
    [{ phase: 'syncing' }, 'Asking Moodle'],
    [{ phase: 'first-sync', progress: 120 }, 'Reading your conversations: 120 so far'],
    [
      { phase: 'paused', trouble: { kind: 'signed-out', mender: 'person' } },
      'Log in to Moodle to send and receive.',
    ],
  ] as const)('is said in words: %j', (sync, words) => {
    expect(syncWords(sync)).toBe(words)
  })
})
