import { pageOf } from '../../lib/dialogue/page.ts'
import { quietUntilMs } from '../../lib/dialogue/quiet-hours.ts'
import type { DialogueList, EntryView, ListQuery, SyncView, ThreadView } from '../../lib/dialogue/views.ts'
import type { Protocol } from '../../lib/extension/protocol.ts'
import { scopeAll, scopeCourse, scopePage } from '../../lib/store/lists.ts'
import { readList } from '../../lib/store/read-list.ts'
import { readThread } from '../../lib/store/read-thread.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { noteReading } from './presence.ts'
import { engine, rounds, store } from './worker.ts'

export function scopeOf({ scope }: Pick<ListQuery, 'scope'>, account: AccountRow | undefined): string {
  if (scope.kind === 'course') return scopeCourse(scope.courseId)
  if (scope.kind === 'all' || !account) return scopeAll
  const known = {
    ...(scope.courseId === undefined ? {} : { courseId: scope.courseId }),
    ...(scope.cmid === undefined ? {} : { cmid: scope.cmid }),
  }
  const page = pageOf(scope.url, account.wwwroot, known)
  return scopePage(page?.key ?? scope.url)
}

/** Of several accounts, what is most worth saying: trouble first, then work. */
function together(views: SyncView[]): SyncView {
  const order: SyncView['phase'][] = ['paused', 'waiting', 'first-sync', 'syncing', 'up-to-date']
  const worst = order.find((phase) => views.some((view) => view.phase === phase))
  return views.find((view) => view.phase === worst) ?? { phase: 'up-to-date' }
}

export async function listOf(
  visible: readonly AccountRow[],
  query: ListQuery,
  isUrgent = false,
): Promise<DialogueList> {
  const accounts =
    query.accountId === undefined ? visible : visible.filter(({ id }) => id === query.accountId)
  const { accountId: _, ...rest } = query
  const scope = scopeOf(query, accounts[0])
  const ask = { ...rest, accounts, scope, now: Math.floor(Date.now() / 1000), isUrgent }
  const [list, views] = await Promise.all([
    readList(store, ask),
    Promise.all(accounts.map(({ id }) => engine.view(id))),
  ])
  return { ...list, sync: together(views) }
}

/** In the languages that Aside writes in. */
export const USUAL = ['Open the conversation', 'Zur Unterhaltung']

/** What was looked at a moment ago is not asked for again. */
const FRESH_MS = 20_000
const pulled = new Map<string, number>()

/** A short dialogue in a long conversation must not draw in all of its past by itself; the person's scrolling may. */
const REACHES = 3
const reached = new Map<string, number>()

function mayReachBack(place: string, byPerson: boolean): boolean {
  const times = byPerson ? 0 : (reached.get(place) ?? 0)
  reached.set(place, times + 1)
  return times < REACHES
}

/** Whoever scrolls on looks at the last stretch only. */
const LOOKS_AFTER_MS = 1_000
const LOOKS_AGAIN_MS = 3_600_000
const looks = new Map<string, ReturnType<typeof setTimeout>>()
const lookedAt = new Map<string, number>()

function lookAgainSoon(account: AccountRow, key: string, { messages }: ThreadView): void {
  const [first, last] = [messages[0], messages.at(-1)]
  const place = `${account.id} ${key}`
  if (!first || !last || Date.now() - (lookedAt.get(`${place} ${last.id}`) ?? 0) < LOOKS_AGAIN_MS) return
  const shown = { fromId: first.id, toId: last.id }
  clearTimeout(looks.get(place))
  const look = () => {
    lookedAt.set(`${place} ${last.id}`, Date.now())
    void engine.lookAgain(account.id, key, shown)
  }
  looks.set(place, setTimeout(look, LOOKS_AFTER_MS))
}

function renew(
  account: AccountRow,
  ask: Parameters<Protocol['thread']>[0],
  view: ThreadView | undefined,
): void {
  const { conversationKey } = ask.ref
  const wantsOlder = view?.older === true && view.messages.length < ask.limit
  const place = `${account.id} ${conversationKey}`
  if (wantsOlder && mayReachBack(place, ask.beforeId !== undefined))
    return void engine.older(account.id, conversationKey)
  if (view && ask.beforeId !== undefined) lookAgainSoon(account, conversationKey, view)
  if (ask.beforeId !== undefined || Date.now() - (pulled.get(place) ?? 0) < FRESH_MS) return
  pulled.set(place, Date.now())
  void engine.pull(account.id, conversationKey)
}

export async function threadOf(
  account: AccountRow,
  ask: Parameters<Protocol['thread']>[0],
  withNote = false,
): Promise<ThreadView | undefined> {
  const [thread, sync] = await Promise.all([
    readThread(store, { account, usual: USUAL, withNote, ...ask }),
    engine.view(account.id),
  ])
  const quiet = quietUntilMs(account.quietHours, Date.now())
  const entries = thread?.entries.map((entry) => withQuiet(withReason(entry, sync), quiet)) ?? []
  const view = thread && { ...thread, entries, sync, canAnswer: mayAnswer(thread) }
  renew(account, ask, view)
  if (view) present(account, view)
  return view
}

function present(account: AccountRow, { messages }: ThreadView): void {
  noteReading(account.id, messages.at(-1)?.timeCreated ?? 0)
  void rounds.soon(account)
}

/** What waits for the account waits for the account's trouble to end. */
function withReason(entry: EntryView, { trouble }: SyncView): EntryView {
  return entry.state === 'written' && !entry.trouble && trouble ? { ...entry, trouble } : entry
}

function withQuiet(entry: EntryView, quietUntilMs: number | undefined): EntryView {
  const isHeld = quietUntilMs !== undefined && entry.state === 'written' && !entry.evenInQuietHours
  return isHeld ? { ...entry, quietUntilMs } : entry
}

function mayAnswer(thread: Omit<ThreadView, 'sync' | 'canAnswer'>): boolean {
  return (
    thread.state === 'open' && !thread.noAnswerExpected && thread.people.every((person) => !person.isDeleted)
  )
}
