import { useId } from 'preact/hooks'
import type { QuietHours } from '../../lib/dialogue/quiet-hours.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { clockInput, minuteOf } from '../common/date-input.ts'
import { Switch } from '../common/switch.tsx'
import type { SettingsModel } from '../models/settings.ts'
import { Section } from './line.tsx'

const AT_FIRST: QuietHours = { fromMinute: 20 * 60, toMinute: 7 * 60 }

interface LineProps {
  account: AccountView
  name: string
  onChange: (quietHours: QuietHours | undefined) => void
}

function Line({ account, name, onChange }: LineProps) {
  const id = useId()
  const { quietHours } = account
  const change = (key: keyof QuietHours, typed: string) => {
    const minute = minuteOf(typed)
    if (quietHours && minute !== undefined) onChange({ ...quietHours, [key]: minute })
  }
  return (
    <div class="setting">
      <label class="setting-words" for={id}>
        {name}
      </label>
      <Switch id={id} on={quietHours !== undefined} onChange={(on) => onChange(on ? AT_FIRST : undefined)} />
      {quietHours && (
        <p class="setting-means quiet-hours">
          {(['fromMinute', 'toMinute'] as const).map((key) => (
            <label key={key}>
              {t(key === 'fromMinute' ? 'from' : 'toTime')}{' '}
              <input
                class="field setting-field"
                type="time"
                value={clockInput(quietHours[key])}
                onChange={(event) => change(key, event.currentTarget.value)}
              />
            </label>
          ))}
        </p>
      )}
    </div>
  )
}

/** When nothing leaves, for each account. */
export function QuietHoursSection({ model }: { model: SettingsModel }) {
  const accounts = model.accounts.value ?? []
  if (accounts.length === 0) return null
  return (
    <Section title={t('quietHours')}>
      <p class="prose">{t('quietHoursMean')}</p>
      {accounts.map((account) => (
        <Line
          key={account.id}
          account={account}
          name={account.siteName}
          onChange={(quietHours) => void model.setQuietHours(account.id, quietHours)}
        />
      ))}
    </Section>
  )
}
