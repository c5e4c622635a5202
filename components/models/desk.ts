import { computed, effect, type ReadonlySignal, signal } from '@preact/signals'
import type { AccountId, DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import type { Several } from '../../lib/dialogue/rule-views.ts'
import type { NewDialogueSeed } from '../../lib/dialogue/seed.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { Scope } from '../../lib/dialogue/views.ts'
import type { Hello, Sent } from '../../lib/extension/protocol.ts'
import { createAccounts } from './accounts.ts'
import { createAddress } from './address.ts'
import { type AnswerModel, createAnswerModel } from './answer.ts'
import { createBeginnings } from './begin.ts'
import { createBegunModel } from './begun.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createDeeds, type Deeds } from './deeds.ts'
import { createListModel } from './list.ts'
import { createNewModel, type NewModel } from './new.ts'
import { type Place, scopeOf } from './place.ts'
import { createPreferences } from './preferences.ts'
import { createReadAhead } from './read-ahead.ts'
import { isSameRef } from './ref.ts'
import { createSearchModel } from './search.ts'
import { createSentModel } from './sent.ts'

/*
 * list ──────► dialogue   a row, or an address with #dialogue=
 * list ──────► new        "New"
 * any ───────► new        an action of the page
 * dialogue ──► list       back
 * new ───────► list       back
 * new ───────► dialogue   sent
 * new ───────► list       sent to several
 */
export type Route =
  | { level: 'list' }
  | { level: 'dialogue'; answer: AnswerModel }
  | { level: 'new'; compose: NewModel }

/** What is before the eyes: a dialogue takes the place of what was there when it can be read. */
function shownOf(route: ReadonlySignal<Route>): ReadonlySignal<Route['level']> {
  let shown: Route['level'] = 'list'
  return computed(() => {
    const now = route.value
    if (now.level !== 'dialogue' || !now.answer.thread.isAwaited.value) shown = now.level
    return shown
  })
}

export interface DeskStart {
  hello: Hello
  /** In a page; the extension's own pages have none. */
  place?: Place
  isVisible?: () => boolean
}

export type DeskModel = ReturnType<typeof createDeskModel>

function load(route: Route): void {
  if (route.level === 'dialogue') route.answer.thread.load()
}

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

function whyNot(answer: Sent | Several | undefined): Trouble | undefined {
  return answer?.sent ? undefined : (answer?.trouble ?? { kind: 'unknown', mender: 'wait' })
}

function refOf(route: Route): DialogueRef | undefined {
  return route.level === 'dialogue' ? route.answer.thread.ref : undefined
}

function listStart({ hello, place }: DeskStart) {
  return {
    scope: scopeOf(place),
    sort: hello.settings.sort,
    group: hello.settings.group,
    ...(hello.account ? { accountId: hello.account.id } : {}),
    ...(hello.first ? { first: hello.first } : {}),
  }
}

/** Where one is; what lay over it stays behind. */
function createRouting({ sheet }: Deeds) {
  const route = signal<Route>({ level: 'list' })

  function go(next: Route): void {
    leave(route.value)
    route.value = next
    sheet.value = undefined
  }

  return {
    route,
    go,
    /** Out of the composer, if that draft is in it. */
    async putAway(key: string): Promise<void> {
      const { value } = route
      if (value.level !== 'new' || value.compose.draft.value.key !== key) return
      await value.compose.save()
      go({ level: 'list' })
    },
  }
}

function createAnnouncing() {
  const announcement = signal({ words: '', turn: 0 })
  return {
    announcement,
    announce(words: string): void {
      announcement.value = { words, turn: announcement.value.turn + 1 }
    },
  }
}

export function createDeskModel(connection: Connection, start: DeskStart) {
  const { ask } = connection
  const { announcement, announce } = createAnnouncing()
  const deeds = createDeeds(connection, announce)
  const { route, go, putAway } = createRouting(deeds)
  const preferences = createPreferences(connection, start.hello.settings)
  const { account, accounts, ...people } = createAccounts(connection, start.hello.account)
  const list = createListModel(connection, listStart(start))
  const sent = createSentModel(connection, { ...list, accounts, begin })
  const begun = createBegunModel(connection, { filter: list.filter, begin, putAway })
  const place = signal(start.place)
  const beginnings = createBeginnings(connection, place)
  const openRef = computed(() => refOf(route.value))
  const readAhead = createReadAhead(connection)

  function begin(draft: Draft | undefined): void {
    if (draft) go({ level: 'new', compose: createNewModel(connection, draft, place.value) })
  }

  function open(ref: DialogueRef, byPerson: boolean, messageId?: number): void {
    if (!isSameRef(openRef.value, ref)) {
      const isVisible = start.isVisible ?? (() => true)
      const ahead = readAhead.take(ref)
      const answer = createAnswerModel(connection, { ref, byPerson, isVisible, announce, ahead })
      go({ level: 'dialogue', answer })
    }
    pointAt(route.value, messageId)
  }

  const takeBack = async (answer: AnswerModel, key: string) => begin(await answer.takeBack(key))

  const search = createSearchModel(connection, { list, accounts, open })
  const address = createAddress(connection, ({ ref, messageId }) => open(ref, true, messageId))

  async function writeNew(accountId?: AccountId): Promise<void> {
    const from = accountId ?? account.value?.id ?? accounts.value[0]?.id
    if (from !== undefined) go({ level: 'new', compose: await beginnings.onPage(from) })
  }

  async function writeFrom(seed: NewDialogueSeed): Promise<void> {
    const from = account.value?.id
    if (from !== undefined) go({ level: 'new', compose: await beginnings.from(from, seed) })
  }

  /** Opens the new dialogue, or says why it did not leave. */
  async function send(compose: NewModel, sendAt?: number): Promise<Trouble | undefined> {
    const answer = await compose.send(sendAt)
    if (answer?.sent && 'ref' in answer) open(answer.ref, true)
    else if (answer?.sent) go({ level: 'list' })
    return whyNot(answer)
  }

  function show(scope: Scope): Promise<void> {
    go({ level: 'list' })
    return list.setScope(scope)
  }

  const stops = [
    connection.onChange(({ topics, ref }) => {
      if (topics.includes('show') && ref) open(ref, false)
    }),
    effect(() => load(route.value)),
    ...[preferences, people, list, sent, begun, readAhead].map(({ stop }) => stop),
  ]

  return {
    ...preferences,
    ...{ connection, account, accounts, place, route, list, sent, begun },
    ...{ search, openRef, announcement, address },
    shown: shownOf(route),
    ...{ announce, open, show, writeNew, writeFrom, send, takeBack, deeds },
    ...{ prepare: readAhead.prepare, loadAccounts: people.load },
    /** Where no page can read along. */
    isOwnPage: start.place === undefined,
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
