import { computed, signal } from '@preact/signals'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { AccountView, DialogueRow } from '../../lib/dialogue/views.ts'
import { PROTOCOL_VERSION, type SiteProbe } from '../../lib/extension/protocol.ts'
import { type Connection, leaveAsIs } from './connection.ts'

const ROWS = 6

/** What the tab in front is. */
export type TabState = { kind: 'looking' } | { kind: 'no-moodle' } | ({ kind: 'site' } & SiteProbe)

/*
 * closed ──► asking     "Turn on for this site"
 * asking ──► waiting    the person chose; the browser asks its own question
 * waiting ─► closed     on
 * waiting ─► asking     refused, or nobody is logged in: `trouble` says which
 */
export type SwitchOn = { step: 'closed' | 'asking' | 'waiting'; trouble?: Trouble }

export interface PopupStart {
  tabId: Promise<number | undefined>
  /** The browser's own question; only in a click. */
  requestSite: (wwwroot: string) => Promise<boolean>
}

export type PopupModel = ReturnType<typeof createPopupModel>

export function createPopupModel({ ask, onChange }: Connection, start: PopupStart) {
  const accounts = signal<AccountView[] | undefined>()
  const rows = signal<DialogueRow[]>([])
  const isHidden = signal(false)
  const tab = signal<TabState>({ kind: 'looking' })
  const switchOn = signal<SwitchOn>({ step: 'closed' })

  async function load(): Promise<void> {
    const query = { scope: { kind: 'all' }, filter: 'unread', limit: ROWS } as const
    const [list, answer] = await Promise.all([
      ask('dialogues', query).catch(leaveAsIs),
      ask('accounts').catch(leaveAsIs),
    ])
    rows.value = list?.rows ?? rows.value
    accounts.value = answer ?? accounts.value ?? []
  }

  async function probe(): Promise<void> {
    const tabId = await start.tabId
    const answer = tabId === undefined ? undefined : await ask('probeTab', { tabId }).catch(leaveAsIs)
    tab.value = answer && 'wwwroot' in answer ? { kind: 'site', ...answer } : { kind: 'no-moodle' }
  }

  async function finish(
    wwwroot: string,
    prepared: Promise<unknown>,
    allowed: Promise<boolean>,
  ): Promise<void> {
    await prepared.catch(leaveAsIs)
    if (!(await allowed)) {
      switchOn.value = { step: 'asking', trouble: { kind: 'not-permitted', mender: 'person' } }
      return
    }
    const answer = await ask('finishSwitchOn', { wwwroot }).catch(leaveAsIs)
    const trouble: Trouble | undefined = answer && 'mender' in answer ? answer : undefined
    switchOn.value = trouble ? { step: 'asking', trouble } : { step: 'closed' }
    await Promise.all([load(), probe()])
  }

  /** The browser asks only within the click, so nothing may be awaited before its question. */
  async function turnOn(onlyMe: boolean): Promise<void> {
    if (tab.value.kind !== 'site') return
    const { wwwroot } = tab.value
    const prepared = start.tabId.then((tabId) =>
      ask('prepareSwitchOn', { wwwroot, onlyMe, ...(tabId === undefined ? {} : { tabId }) }),
    )
    const allowed = start.requestSite(wwwroot)
    switchOn.value = { step: 'waiting' }
    await finish(wwwroot, prepared, allowed)
  }

  const stop = onChange(() => {
    load()
  })

  return {
    accounts,
    rows,
    tab,
    switchOn,
    isHidden,
    several: computed(() => (accounts.value?.length ?? 0) > 1),
    async begin(): Promise<void> {
      const hello = await ask('hello', { version: PROTOCOL_VERSION }).catch(leaveAsIs)
      isHidden.value = hello?.settings.hidden ?? false
      await Promise.all([load(), probe()])
    },
    load,
    turnOn,
    stop,
    askToTurnOn: () => {
      switchOn.value = { step: 'asking' }
    },
    notNow: () => {
      switchOn.value = { step: 'closed' }
    },
    async toggleHidden(): Promise<void> {
      isHidden.value = !isHidden.value
      await ask('saveSettings', { hidden: isHidden.value }).catch(leaveAsIs)
    },
    refresh: (accountId: string) => ask('refresh', { accountId }).catch(leaveAsIs),
    show: (ref: DialogueRef) => ask('showDialogue', { ref }).catch(leaveAsIs),
    openPage: (page: 'inbox' | 'options') => ask('openPage', { page }).catch(leaveAsIs),
  }
}
