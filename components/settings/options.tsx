import { useSignal } from '@preact/signals'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { AccountsTab } from '../accounts/accounts-tab.tsx'
import type { SettingsModel } from '../models/settings.ts'
import { TeachersTab } from '../rules/teachers-tab.tsx'
import { AboutTab } from './about-tab.tsx'
import { DiagnosticsTab } from './diagnostics-tab.tsx'
import { NotificationsTab } from './notifications-tab.tsx'
import { PeopleTab } from './people-tab.tsx'
import { PrivacyTab } from './privacy-tab.tsx'
import { ReadingTab } from './reading-tab.tsx'

const TABS = [
  { id: 'accounts', words: 'accounts' },
  { id: 'reading', words: 'tabReading' },
  { id: 'notifications', words: 'tabNotifications' },
  { id: 'people', words: 'tabPeople' },
  { id: 'teachers', words: 'tabTeachers' },
  { id: 'privacy', words: 'tabPrivacy' },
  { id: 'diagnostics', words: 'tabDiagnostics' },
  { id: 'about', words: 'tabAbout' },
] as const satisfies { id: string; words: TextKey }[]

type TabId = (typeof TABS)[number]['id']

export function tabOfHash(hash: string): TabId {
  return TABS.find(({ id }) => id === hash.replace(/^#/, ''))?.id ?? 'accounts'
}

interface Props {
  model: SettingsModel
  first: TabId
  version: string
  requestNotifications: () => Promise<boolean>
  onTab: (tab: TabId) => void
}

function nextTab(key: string, at: number): TabId | undefined {
  const last = TABS.length - 1
  const to = { ArrowDown: at === last ? 0 : at + 1, ArrowUp: at === 0 ? last : at - 1, Home: 0, End: last }[
    key
  ]
  return to === undefined ? undefined : TABS[to]?.id
}

function Page({
  tab,
  model,
  version,
  requestNotifications,
}: { tab: TabId } & Omit<Props, 'first' | 'onTab'>) {
  switch (tab) {
    case 'accounts':
      return <AccountsTab model={model} />
    case 'reading':
      return <ReadingTab model={model} />
    case 'notifications':
      return <NotificationsTab model={model} requestNotifications={requestNotifications} />
    case 'people':
      return <PeopleTab model={model} />
    case 'teachers':
      return <TeachersTab model={model.teacher} settings={model} />
    case 'privacy':
      return <PrivacyTab model={model} />
    case 'diagnostics':
      return <DiagnosticsTab model={model.diagnostics} version={version} />
    case 'about':
      return <AboutTab version={version} />
  }
}

export function Options({ first, onTab, ...rest }: Props) {
  const tab = useSignal(first)
  const { before, undo } = rest.model

  function choose(id: TabId): void {
    tab.value = id
    onTab(id)
  }

  function onKey(event: KeyboardEvent): void {
    const at = TABS.findIndex(({ id }) => id === tab.value)
    const id = nextTab(event.key, at)
    if (!id) return
    event.preventDefault()
    choose(id)
    document.getElementById(`tab-${id}`)?.focus()
  }

  return (
    <main class="options-page" data-hidden={rest.model.settings.value.hidden}>
      <h1>{t('settingsOfAside')}</h1>
      <div
        class="tabs"
        role="tablist"
        aria-orientation="vertical"
        aria-label={t('settings')}
        onKeyDown={onKey}
      >
        {TABS.map(({ id, words }) => (
          <button
            key={id}
            id={`tab-${id}`}
            type="button"
            role="tab"
            aria-selected={tab.value === id}
            aria-controls="tab-page"
            tabIndex={tab.value === id ? 0 : -1}
            onClick={() => choose(id)}
          >
            {t(words)}
          </button>
        ))}
      </div>
      <div id="tab-page" class="tab-page" role="tabpanel" aria-labelledby={`tab-${tab.value}`} tabIndex={-1}>
        <Page tab={tab.value} {...rest} />
      </div>
      <div class="saved" role="status">
        {before.value && (
          <>
            {t('saved')}{' '}
            <button type="button" class="text-button" onClick={undo}>
              {t('undo')}
            </button>
          </>
        )}
      </div>
    </main>
  )
}
