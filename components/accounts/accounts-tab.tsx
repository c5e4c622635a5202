import { useState } from 'preact/hooks'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import type { SettingsModel } from '../models/settings.ts'
import { Section, SwitchLine } from '../settings/line.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { hostOf, stateWords } from './state-words.ts'
import { Token } from './token.tsx'

function unsentOf(model: SettingsModel, { id }: AccountView): number {
  const use = model.use.value?.accounts.find(({ accountId }) => accountId === id)
  return (use?.drafts ?? 0) + (use?.waiting ?? 0)
}

function Account({ model, account }: { model: SettingsModel; account: AccountView }) {
  const [isAsking, setAsking] = useState(false)
  return (
    <article class="account" aria-label={account.siteName}>
      <h3>{account.siteName}</h3>
      <p class="hint">
        {account.fullName} · <a href={account.wwwroot}>{hostOf(account.wwwroot)}</a>
      </p>
      <p data-state={account.state}>{stateWords(account)}</p>
      <SwitchLine
        words={t('onlyYouSetting')}
        means={account.onlyMe ? t('onlyYouYesMeans') : t('onlyYouNoMeans')}
        on={account.onlyMe}
        onChange={(on) => model.setOnlyMe(account.id, on)}
      />
      {account.onlyMe && (
        <Token
          hasToken={account.hasToken}
          onUse={(pasted) => model.useToken(account.id, pasted)}
          onForget={() => model.forgetToken(account.id)}
        />
      )}
      <button type="button" class="button danger" onClick={() => setAsking(true)}>
        {t('removeAccount')}
      </button>
      {isAsking && (
        <RemoveDialog
          account={account}
          unsent={unsentOf(model, account)}
          onRemove={() => model.remove(account.id)}
          onClose={() => setAsking(false)}
        />
      )}
    </article>
  )
}

export function AccountsTab({ model }: { model: SettingsModel }) {
  const accounts = model.accounts.value
  return (
    <Section title={t('accounts')}>
      {accounts?.map((account) => (
        <Account key={account.id} model={model} account={account} />
      ))}
      <p class="prose hint">{accounts?.length === 0 ? t('noAccounts') : t('addAccount')}</p>
    </Section>
  )
}
