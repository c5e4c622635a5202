// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { createSettingsModel } from '../../components/models/settings.ts'
import { QuietHoursSection } from '../../components/settings/quiet-hours.tsx'
import { Entry } from '../../components/thread/entry.tsx'
import { ACCOUNT_ID, account, entry, NOW, WWWROOT } from '../example.ts'
import { createOffice, draw, useScreen, violations } from './screen.tsx'

useScreen()

async function open(quietHours?: { fromMinute: number; toMinute: number }) {
  const { world, connection } = createOffice()
  world.accounts = [account(quietHours ? { quietHours } : {})]
  const model = createSettingsModel(connection)
  await model.load()
  draw(<QuietHoursSection model={model} />)
  return world
}

describe('quiet hours', () => {
  it('are none until somebody wants them, then from eight to seven', async () => {
    const world = await open()
    expect(screen.queryByLabelText('From')).toBeNull()
    fireEvent.click(screen.getByRole('switch', { name: 'Example School' }))
    await waitFor(() =>
      expect(world.questions('setQuietHours')).toEqual([
        { accountId: ACCOUNT_ID, quietHours: { fromMinute: 1200, toMinute: 420 } },
      ]),
    )
  })

  it('are set by the clock, and taken away', async () => {
    const world = await open({ fromMinute: 1200, toMinute: 420 })
    expect((screen.getByLabelText('From') as HTMLInputElement).value).toBe('20:00')
    expect(await violations()).toEqual([])
    fireEvent.change(screen.getByLabelText('to'), { target: { value: '06:30' } })
    fireEvent.click(screen.getByRole('switch', { name: 'Example School' }))
    await waitFor(() =>
      expect(world.questions('setQuietHours')).toEqual([
        { accountId: ACCOUNT_ID, quietHours: { fromMinute: 1200, toMinute: 390 } },
        { accountId: ACCOUNT_ID },
      ]),
    )
  })

  it('are said of a message that waits for their end, which may be sent at once', () => {
    const sentNow: string[] = []
    const nothing = () => {}
    draw(
      <Entry
        entry={entry({ quietUntilMs: (NOW + 3600) * 1000 })}
        wwwroot={WWWROOT}
        onTakeBack={nothing}
        onDrop={nothing}
        onSettle={nothing}
        onCopied={nothing}
        onTryAgain={nothing}
        onSendNow={(key) => sentNow.push(key)}
      />,
    )
    expect(screen.getByText(/^Quiet hours: leaves at \d+:\d\d/)).toBeTruthy()
    fireEvent.click(screen.getByRole('button', { name: 'Send now' }))
    expect(sentNow).toEqual([entry().key])
  })
})
