import { computed, effect, signal } from '@preact/signals'
import type { AccountId, DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { Hello } from '../../lib/extension/protocol.ts'
import { createAccounts } from './accounts.ts'
import { type AnswerModel, createAnswerModel } from './answer.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createListModel } from './list.ts'
import { beginNew, createNewModel, isTakenBack, type NewModel, newDraftKey } from './new.ts'
import { type Place, scopeOf } from './place.ts'
import { createPreferences } from './preferences.ts'
import { isSameRef } from './ref.ts'
import { createSearchModel } from './search.ts'

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

function save(route: Route): void {
  if (route.level === 'dialogue') route.answer.draft.value?.save()
  if (route.level === 'new') route.compose.save()
}

/** What was being written is stored, what was being followed is let go. */
function leave(route: Route): void {
  if (route.level === 'dialogue') route.answer.stop()
  if (route.level === 'new') {
    route.compose.save()
    route.compose.stop()
  }
}

/** In a dialogue that was opened for one message of it. */
function pointAt(route: Route, messageId: number | undefined): void {
  if (route.level === 'dialogue' && messageId !== undefined) route.answer.thread.reach(messageId)
}

function listStart({ hello, place }: DeskStart) {
  return {
    scope: scopeOf(place),
    ...(hello.account ? { accountId: hello.account.id } : {}),
    ...(hello.first ? { first: hello.first } : {}),
  }
}

export function createDeskModel(connection: Connection, start: DeskStart) {
  const { ask } = connection
  const preferences = createPreferences(connection, start.hello.settings)
  const { account, accounts, ...people } = createAccounts(connection, start.hello.account)
  const list = createListModel(connection, listStart(start))
  const place = signal(start.place)
  const route = signal<Route>({ level: 'list' })
  const announcement = signal('')
  const openRef = computed(() =>
    route.value.level === 'dialogue' ? route.value.answer.thread.ref : undefined,
  )

  function go(next: Route): void {
    leave(route.value)
    route.value = next
  }

  function announce(words: string): void {
    announcement.value = words
  }

  function open(ref: DialogueRef, byPerson: boolean, messageId?: number): void {
    if (!isSameRef(openRef.value, ref)) {
      const isVisible = start.isVisible ?? (() => true)
      const answer = createAnswerModel(connection, { ref, byPerson, isVisible, announce })
      go({ level: 'dialogue', answer })
    }
    pointAt(route.value, messageId)
  }

  /** What was begun on this page, else what was taken back before it left. */
  async function heldDraft(accountId: AccountId, at: Place | undefined): Promise<Draft | undefined> {
    const drafts = (await ask('drafts', { accountId }).catch(leaveAsIs)) ?? []
    return drafts.find(({ key }) => key === newDraftKey(at)) ?? drafts.find(({ key }) => isTakenBack(key))
  }

  async function takeBack(answer: AnswerModel, key: string): Promise<void> {
    const begun = await answer.takeBack(key)
    if (begun) go({ level: 'new', compose: createNewModel(connection, begun, place.value) })
  }

  const search = createSearchModel(connection, { list, accounts, open })

  async function writeNew(accountId?: AccountId): Promise<void> {
    const from = accountId ?? account.value?.id ?? accounts.value[0]?.id
    if (from === undefined) return
    const at = place.value
    const held = await heldDraft(from, at)
    const compose = createNewModel(connection, held ?? beginNew(from, at), at)
    go({ level: 'new', compose })
    if (!held) compose.pickFromPage()
  }

  /** Opens the new dialogue, or says why it did not leave. */
  async function send(compose: NewModel): Promise<Trouble | undefined> {
    const answer = await compose.send()
    if (answer?.sent) open(answer.ref, true)
    return answer?.sent ? undefined : (answer?.trouble ?? { kind: 'unknown', mender: 'wait' })
  }

  const stops = [
    connection.onChange(({ topics, ref }) => {
      if (topics.includes('show') && ref) open(ref, false)
    }),
    effect(() => {
      if (route.value.level === 'dialogue') route.value.answer.thread.load()
    }),
    preferences.stop,
    people.stop,
    list.stop,
  ]

  return {
    ...preferences,
    ...{ connection, account, accounts, place, route, list, search, openRef, announcement },
    ...{ announce, open, writeNew, send, takeBack, loadAccounts: people.load },
    back: () => go({ level: 'list' }),
    refresh: () => ask('refresh', account.value ? { accountId: account.value.id } : {}).catch(leaveAsIs),
    openPage: (page: 'inbox' | 'options') => ask('openPage', { page }).catch(leaveAsIs),
    /** The page may go at any moment. */
    flush: () => save(route.value),
    stop() {
      leave(route.value)
      for (const stop of stops) stop()
    },
  }
}
