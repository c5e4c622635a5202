import { computed, effect, signal } from '@preact/signals'
import type { AccountId, DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { Hello } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/extension/settings.ts'
import { type AnswerModel, createAnswerModel } from './answer.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createListModel } from './list.ts'
import { beginNew, createNewModel, type NewModel, newDraftKey } from './new.ts'
import { type Place, scopeOf } from './place.ts'
import { isSameRef } from './ref.ts'

/*
 * list ──────► dialogue   a row, or an address with #dialogue=
 * list ──────► new        "New"
 * dialogue ──► list       back
 * new ───────► list       back
 * new ───────► dialogue   sent
 */
export type Route =
  | { level: 'list' }
  | { level: 'dialogue'; answer: AnswerModel }
  | { level: 'new'; compose: NewModel }

export interface DeskStart {
  hello: Hello
  /** In a page; the extension's own pages have none. */
  place?: Place
  isVisible?: () => boolean
}

export type DeskModel = ReturnType<typeof createDeskModel>

export function createDeskModel(connection: Connection, start: DeskStart) {
  const { ask } = connection
  const settings = signal<Settings>({ ...DEFAULT_SETTINGS, ...start.hello.settings })
  const account = signal(start.hello.account)
  const accounts = signal(start.hello.account ? [start.hello.account] : [])
  const place = signal(start.place)
  const route = signal<Route>({ level: 'list' })
  const announcement = signal('')
  const isVisible = start.isVisible ?? (() => true)
  const list = createListModel(connection, {
    scope: scopeOf(start.place),
    ...(start.hello.account ? { accountId: start.hello.account.id } : {}),
    ...(start.hello.first ? { first: start.hello.first } : {}),
  })

  function leave(): void {
    const held = route.value
    if (held.level === 'dialogue') held.answer.stop()
    if (held.level === 'new') held.compose.save()
  }

  function announce(words: string): void {
    announcement.value = words
  }

  function open(ref: DialogueRef, byPerson: boolean): void {
    if (isSameRef(openRef.value, ref)) return
    leave()
    const answer = createAnswerModel(connection, { ref, byPerson, isVisible, announce })
    route.value = { level: 'dialogue', answer }
  }

  async function writeNew(accountId: AccountId | undefined = account.value?.id): Promise<void> {
    const from = accountId ?? accounts.value[0]?.id
    if (from === undefined) return
    const key = newDraftKey(place.value)
    const held = await ask('draft', { accountId: from, key }).catch(leaveAsIs)
    leave()
    const compose = createNewModel(connection, held ?? beginNew(from, place.value), place.value)
    route.value = { level: 'new', compose }
    if (!held) compose.pickFromPage()
  }

  async function loadAccounts(): Promise<void> {
    const answer = await ask('accounts').catch(leaveAsIs)
    if (!answer) return
    accounts.value = answer
    if (account.value) account.value = answer.find(({ id }) => id === account.value?.id) ?? account.value
  }

  async function change(patch: Partial<Settings>): Promise<void> {
    settings.value = { ...settings.value, ...patch }
    settings.value = (await ask('saveSettings', patch).catch(leaveAsIs)) ?? settings.value
  }

  const openRef = computed(() =>
    route.value.level === 'dialogue' ? route.value.answer.thread.ref : undefined,
  )
  const stopListening = connection.onChange(async ({ topics, ref }) => {
    if (topics.includes('show') && ref) open(ref, false)
    if (topics.includes('accounts') || topics.includes('sync')) loadAccounts()
    if (topics.includes('settings'))
      settings.value = (await ask('settings').catch(leaveAsIs)) ?? settings.value
  })
  const stopFollowing = effect(() => {
    if (route.value.level === 'dialogue') route.value.answer.thread.load()
  })

  return {
    connection,
    settings,
    account,
    accounts,
    place,
    route,
    list,
    openRef,
    announcement,
    announce,
    open,
    writeNew,
    loadAccounts,
    back() {
      leave()
      route.value = { level: 'list' }
    },
    /** Opens the new dialogue, or says why it did not leave. */
    async send(compose: NewModel): Promise<Trouble | undefined> {
      const answer = await compose.send()
      if (answer?.sent) open(answer.ref, true)
      return answer?.sent ? undefined : (answer?.trouble ?? { kind: 'unknown', mender: 'wait' })
    },
    toggleHidden: () => change({ hidden: !settings.value.hidden }),
    setPanelWidth: (panelWidth: number) => change({ panelWidth }),
    refresh: () => ask('refresh', account.value ? { accountId: account.value.id } : {}).catch(leaveAsIs),
    openPage: (page: 'inbox' | 'options', section?: string) =>
      ask('openPage', { page, ...(section === undefined ? {} : { section }) }).catch(leaveAsIs),
    flush() {
      const held = route.value
      if (held.level === 'dialogue') held.answer.draft.value?.save()
      if (held.level === 'new') held.compose.save()
    },
    stop() {
      leave()
      stopFollowing()
      stopListening()
      list.stop()
    },
  }
}
