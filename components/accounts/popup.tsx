import type { AccountView } from '../../lib/dialogue/views.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import { troubleWords } from '../common/trouble-words.ts'
import type { PopupModel } from '../models/popup.ts'
import { hostOf, stateWords } from './state-words.ts'
import { SwitchOn } from './switch-on.tsx'
import { Unread } from './unread.tsx'

function Account({ account, onTryNow }: { account: AccountView; onTryNow: () => void }) {
  const needsLogIn = account.state === 'signed-out' || account.state === 'locked'
  return (
    <li class="popup-account" data-state={account.state}>
      <span class="popup-site">
        <span class="popup-site-name">{account.siteName}</span>
        {account.unread > 0 && (
          <span class="count" title={plural('unreadDialogues', account.unread)}>
            <span aria-hidden="true">{numberText(account.unread)}</span>
            <span class="unseen">{plural('unreadDialogues', account.unread)}</span>
          </span>
        )}
      </span>
      <span class="popup-state">
        {stateWords(account)}{' '}
        {needsLogIn ? (
          <a href={`${account.wwwroot}/login/index.php`} target="_blank" rel="noreferrer">
            {t('logIn')}
          </a>
        ) : (
          <button type="button" class="text-button" onClick={onTryNow}>
            {t('tryAgain')}
          </button>
        )}
      </span>
    </li>
  )
}

/** What the tab in front is, where that is worth a word. */
function Tab({ popup }: { popup: PopupModel }) {
  const tab = popup.tab.value
  if (tab.kind === 'looking') return null
  if (tab.kind === 'no-moodle') return <p class="hint popup-part">{t('noMoodle')}</p>
  if (tab.state === 'on') return null
  if (tab.state === 'not-allowed') {
    return (
      <p class="note popup-part">
        {hostOf(tab.wwwroot)}: {troubleWords(tab.trouble)}
      </p>
    )
  }
  return (
    <div class="popup-offer popup-part">
      <p>{t(tab.state === 'off' ? 'siteIsOff' : 'siteIsOffForYou', hostOf(tab.wwwroot))}</p>
      <button type="button" class="button button-main" onClick={popup.switchOn.ask}>
        {t('turnOnHere')}
      </button>
    </div>
  )
}

interface Props {
  popup: PopupModel
  /** Absent where the browser has no place beside its pages. */
  onOpenBeside?: (() => void) | undefined
}

export function Popup({ popup, onOpenBeside }: Props) {
  const accounts = popup.accounts.value
  const tab = popup.tab.value
  if (popup.switchOn.state.value.step !== 'closed' && tab.kind === 'site') {
    return (
      <main class="popup">
        <SwitchOn
          wwwroot={tab.wwwroot}
          state={popup.switchOn.state.value}
          days={popup.settings.value.retentionDays}
          onTurnOn={popup.turnOn}
          onNotNow={popup.switchOn.notNow}
        />
      </main>
    )
  }
  return (
    <main class="popup" data-hidden={popup.settings.value.hidden}>
      <header class="head">
        <h1 class="head-title">{t('name')}</h1>
        <IconButton
          icon={popup.settings.value.hidden ? 'eyeOff' : 'eye'}
          label={t('hideNames')}
          aria-pressed={popup.settings.value.hidden}
          onClick={popup.toggleHidden}
        />
        <IconButton icon="gear" label={t('settings')} onClick={() => popup.openPage('options')} />
      </header>
      <Tab popup={popup} />
      {accounts.length > 0 && (
        <>
          <Unread popup={popup} />
          <ul class="popup-accounts" aria-label={t('accounts')}>
            {accounts.map((account) => (
              <Account key={account.id} account={account} onTryNow={() => popup.refresh(account.id)} />
            ))}
          </ul>
          <footer class="popup-foot">
            <button type="button" class="button" onClick={() => popup.openPage('inbox')}>
              {t('openInbox')}
            </button>
            {onOpenBeside && (
              <button type="button" class="button" onClick={onOpenBeside}>
                {t('openBeside')}
              </button>
            )}
          </footer>
        </>
      )}
    </main>
  )
}
