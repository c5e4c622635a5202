import type { AccountView } from '../../lib/dialogue/views.ts'
import type { StorageUse } from '../../lib/extension/protocol.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import type { SettingsModel } from '../models/settings.ts'
import { ChoiceLine, Section } from './line.tsx'
import { PolicySection } from './policy-section.tsx'
import { sizeText } from './size-text.ts'

const DAYS = [30, 90, 180, 365]
const PRIVACY = [
  'privacyRead',
  'privacyKept',
  'privacySent',
  'privacySecrets',
  'privacyAdmins',
  'privacyRemove',
] as const

/** An administrator's own number is a choice too: the longest. */
function daysUpTo(most: number | undefined): number[] {
  if (most === undefined || most >= 365) return DAYS
  return [...DAYS.filter((days) => days < most), most]
}

function retentionMeans(most: number | undefined): string {
  if (most === undefined) return t('retentionDaysMeans')
  return `${t('retentionDaysMeans')} ${t('retentionDaysAtMost', numberText(most))}`
}

function UseTable({ use, accounts }: { use: StorageUse; accounts: AccountView[] }) {
  const nameOf = (id: string) => accounts.find((account) => account.id === id)?.siteName ?? id
  return (
    <>
      {use.bytes !== undefined && <p>{t('storageUsed', sizeText(use.bytes))}</p>}
      <div class="table-frame">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t('account')}</th>
              <th scope="col">{t('dialogues')}</th>
              <th scope="col">{t('messages')}</th>
              <th scope="col">{t('filterDrafts')}</th>
              <th scope="col">{t('unsent')}</th>
            </tr>
          </thead>
          <tbody>
            {use.accounts.map((row) => (
              <tr key={row.accountId}>
                <th scope="row">{nameOf(row.accountId)}</th>
                <td>{numberText(row.dialogues)}</td>
                <td>{numberText(row.messages)}</td>
                <td>{numberText(row.drafts)}</td>
                <td>{numberText(row.waiting)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

export function PrivacyTab({ model }: { model: SettingsModel }) {
  const use = model.use.value
  const most = model.policy.value.retentionDaysMax
  return (
    <>
      <Section title={t('storage')}>
        {use && use.accounts.length > 0 ? (
          <UseTable use={use} accounts={model.accounts.value ?? []} />
        ) : (
          <p class="hint">{t('storageEmpty')}</p>
        )}
        <ChoiceLine
          words={t('retentionDays')}
          means={retentionMeans(most)}
          value={model.settings.value.retentionDays}
          choices={daysUpTo(most).map((value) => ({ value, words: plural('days', value) }))}
          onChange={(value) => model.change('retentionDays', value)}
        />
      </Section>
      <PolicySection policy={model.policy.value} />
      <Section title={t('privacy')}>
        {PRIVACY.map((key) => (
          <p key={key} class="prose">
            {t(key)}
          </p>
        ))}
      </Section>
    </>
  )
}
