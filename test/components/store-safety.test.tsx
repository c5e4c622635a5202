// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import { Popup } from '../../components/accounts/popup.tsx'
import { Composer } from '../../components/composer/composer.tsx'
import { createDraftModel } from '../../components/models/draft.ts'
import { createPopupModel } from '../../components/models/popup.ts'
import { createSettingsModel } from '../../components/models/settings.ts'
import { NotificationsTab } from '../../components/settings/notifications-tab.tsx'
import { PrivacyTab } from '../../components/settings/privacy-tab.tsx'
import type { Policy } from '../../lib/extension/policy.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { ACCOUNT_ID } from '../example.ts'
import { createOffice, draw, useScreen, violations } from './screen.tsx'

useScreen()

describe('a draft changed in two tabs', () => {
  async function openTorn() {
    const { world, connection } = createOffice()
    const begin = {
      accountId: ACCOUNT_ID,
      key: 'u5/general',
      timeChanged: 0,
      messageKey: 'aaaaaaaaaaaa',
      text: '',
    }
    world.otherTab = { ...begin, text: 'First thought' }
    const draft = createDraftModel(connection, begin)
    let sent = 0
    draw(
      <Composer
        draft={draft}
        label="Write to Anna…"
        sendLabel="Send to Anna"
        canSend={true}
        settings={DEFAULT_SETTINGS}
        courseUrl={undefined}
        onSend={() => sent++}
      />,
    )
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox')
    fireEvent.input(field, { target: { value: 'Second thought' } })
    fireEvent.blur(field)
    await screen.findByRole('alert')
    return { world, field, sends: () => sent }
  }

  it('shows both, sends neither, and has no violations', async () => {
    const { field, sends } = await openTorn()
    screen.getByText(/also changed in another tab/)
    screen.getByText('First thought')
    expect(field.value).toBe('Second thought')
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send to Anna' }).disabled).toBe(true)
    fireEvent.keyDown(field, { key: 'Enter', ctrlKey: true })
    expect(sends()).toBe(0)
    expect(await violations()).toEqual([])
  })

  it.each([
    ['Keep mine', 'Second thought'],
    ['Take the other', 'First thought'],
    ['Keep both', 'First thought\n\nSecond thought'],
  ])('%s, and it can be sent again', async (button, text) => {
    const { field, world } = await openTorn()
    world.otherTab = undefined
    fireEvent.click(screen.getByRole('button', { name: button }))
    await waitFor(() => expect(field.value).toBe(text))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send to Anna' }).disabled).toBe(false)
  })
})

describe('what an administrator has set', () => {
  async function openSettings(policy: Policy) {
    const { world, connection } = createOffice()
    world.policy = policy
    const model = createSettingsModel(connection)
    await model.load()
    return model
  }

  it('is shown, and cannot be changed', async () => {
    const model = await openSettings({ notificationsWithoutContent: true })
    draw(<NotificationsTab model={model} requestNotifications={async () => true} />)
    const control = screen.getByRole<HTMLInputElement>('switch', { name: /Without/i })
    expect(control.disabled).toBe(true)
    expect(document.getElementById(control.getAttribute('aria-describedby') ?? '')?.textContent).toContain(
      'Set by your administrator.',
    )
  })

  it('leaves the shorter retentions, and says why', async () => {
    const model = await openSettings({ retentionDaysMax: 60 })
    draw(<PrivacyTab model={model} />)
    const choices = screen.getAllByRole<HTMLOptionElement>('option').map(({ value }) => value)
    expect(choices).toEqual(['30', '60'])
    screen.getByText(/Your administrator allows 60 days at most/)
  })

  it('is told in whole: sites and several recipients too', async () => {
    const model = await openSettings({ sites: ['https://moodle.example'], severalRecipients: 'teachers' })
    draw(<PrivacyTab model={model} />)
    screen.getByRole('heading', { name: 'What your administrator has set' })
    screen.getByText('Aside may be turned on for: https://moodle.example')
    screen.getByText('Only teachers may write to several people at once.')
    expect(await violations()).toEqual([])
  })

  it('is not spoken of where there is nothing', async () => {
    draw(<PrivacyTab model={await openSettings({})} />)
    expect(screen.queryByText(/administrator has set/)).toBeNull()
    expect(screen.getAllByRole('option')).toHaveLength(4)
  })

  it('is why a site cannot be turned on, in the popup', async () => {
    const { world, connection } = createOffice()
    const trouble = { kind: 'site-not-allowed', mender: 'admin' } as const
    world.probe = { wwwroot: 'https://moodle.example', state: 'not-allowed', trouble }
    const popup = createPopupModel(connection, { tabId: Promise.resolve(1), requestSite: async () => true })
    draw(<Popup popup={popup} />)
    await popup.begin()
    await screen.findByText(/Your administrator has not allowed Aside on this site/)
    expect(screen.queryByRole('button', { name: /Turn on/ })).toBeNull()
  })
})
