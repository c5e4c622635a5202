import { computed, signal } from '@preact/signals'
import type { AccountId, DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { DialogueRow } from '../../lib/dialogue/views.ts'
import { PROTOCOL_VERSION, type SiteProbe } from '../../lib/extension/protocol.ts'
import { createAccounts } from './accounts.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createPreferences } from './preferences.ts'
import { createSwitchOn, type SwitchOnStart } from './switch-on.ts'

const ROWS = 6

/** What the tab in front is. */
export type TabState = { kind: 'looking' } | { kind: 'no-moodle' } | ({ kind: 'site' } & SiteProbe)

export type PopupModel = ReturnType<typeof createPopupModel>

export function createPopupModel(connection: Connection, start: SwitchOnStart) {
  const { ask } = connection
  const preferences = createPreferences(connection, {})
  const { accounts, ...people } = createAccounts(connection, undefined)
  const switchOn = createSwitchOn(connection, start)
  const rows = signal<DialogueRow[] | undefined>()
  /** All of them, shown or not. */
  const unread = signal(0)
  const tab = signal<TabState>({ kind: 'looking' })

  async function loadRows(): Promise<void> {
    const query = { scope: { kind: 'all' }, filter: 'unread', limit: ROWS } as const
    const list = await ask('dialogues', query).catch(leaveAsIs)
    rows.value = list?.rows ?? rows.value ?? []
    unread.value = list?.counts?.unread ?? rows.value.length
  }

  async function probe(): Promise<void> {
    const tabId = await start.tabId
    const answer = tabId === undefined ? undefined : await ask('probeTab', { tabId }).catch(leaveAsIs)
    tab.value = answer && 'wwwroot' in answer ? { kind: 'site', ...answer } : { kind: 'no-moodle' }
  }

  async function load(): Promise<void> {
    await Promise.all([people.load(), loadRows(), probe()])
  }

  const stops = [connection.onChange(loadRows), preferences.stop, people.stop]

  return {
    ...{ accounts, rows, unread, tab, switchOn, load },
    several: computed(() => accounts.value.length > 1),
    settings: preferences.settings,
    toggleHidden: preferences.toggleHidden,
    async begin(): Promise<void> {
      const hello = await ask('hello', { version: PROTOCOL_VERSION }).catch(leaveAsIs)
      if (hello) preferences.settings.value = hello.settings
      await load()
    },
    async turnOn(onlyMe: boolean): Promise<void> {
      if (tab.value.kind !== 'site') return
      await switchOn.turnOn(tab.value.wwwroot, onlyMe)
      await load()
    },
    refresh: (accountId: AccountId) => ask('refresh', { accountId }).catch(leaveAsIs),
    show: (ref: DialogueRef) => ask('showDialogue', { ref }).catch(leaveAsIs),
    openPage: (page: 'inbox' | 'options') => ask('openPage', { page }).catch(leaveAsIs),
    stop() {
      for (const stop of stops) stop()
    },
  }
}
