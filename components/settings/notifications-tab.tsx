import { useState } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import type { SettingsModel } from '../models/settings.ts'
import { Section, SwitchLine } from './line.tsx'

interface Props {
  model: SettingsModel
  /** The browser's own question; only in a click. */
  requestNotifications: () => Promise<boolean>
}

export function NotificationsTab({ model, requestNotifications }: Props) {
  const settings = model.settings.value
  const [isRefused, setRefused] = useState(false)
  async function turn(on: boolean): Promise<void> {
    const allowed = !on || (await requestNotifications())
    setRefused(!allowed)
    await model.change('notifications', on && allowed)
  }
  return (
    <Section title={t('tabNotifications')}>
      <SwitchLine
        words={t('notifications')}
        means={t('notificationsMeans')}
        on={settings.notifications}
        onChange={turn}
      />
      {isRefused && (
        <p class="note" role="alert">
          {t('notificationsRefused')}
        </p>
      )}
      <SwitchLine
        words={t('notificationsWithoutContent')}
        means={t('notificationsWithoutContentMeans')}
        on={settings.notificationsWithoutContent}
        isSet={model.policy.value.notificationsWithoutContent === true}
        onChange={(on) => model.change('notificationsWithoutContent', on)}
      />
    </Section>
  )
}
