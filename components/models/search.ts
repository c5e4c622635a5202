import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { AccountId, DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { SearchAnswer, SearchHit } from '../../lib/dialogue/search-hit.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import type { ListModel } from './list.ts'
import { refKey } from './ref.ts'
import { createSiteSearch } from './search-site.ts'

/*
 * closed ──► open       🔍, or "/"
 * open ────► closed     Escape, or 🔍 again
 */
export interface HitGroup {
  key: string
  hits: SearchHit[]
}

export const PAGE_OF_HITS = 20
/** Between two keys of who types quickly. */
const PAUSE_MS = 60

/** Hits of one dialogue stand together where its newest stands. Found by its words, it need not be found by its name. */
export function grouped(hits: readonly SearchHit[]): HitGroup[] {
  const groups = new Map<string, SearchHit[]>()
  for (const hit of hits) {
    const key = refKey(hit.ref)
    groups.set(key, [...(groups.get(key) ?? []), hit])
  }
  return [...groups].map(([key, all]) => {
    const said = all.filter(({ messageId }) => messageId !== undefined)
    return { key, hits: said.length > 0 ? said : all }
  })
}

interface Around {
  list: ListModel
  /** All that may be searched. */
  accounts: ReadonlySignal<AccountView[]>
  open: (ref: DialogueRef, byPerson: boolean, messageId?: number) => void
}

export type SearchModel = ReturnType<typeof createSearchModel>

export function createSearchModel({ ask }: Connection, { list, accounts, open }: Around) {
  const [isOpen, isGoing, typed] = [signal(false), signal(false), signal('')]
  const accountId = signal<AccountId | undefined>()
  const answer = signal<SearchAnswer | undefined>()
  const { site, askFor, forget } = createSiteSearch(ask)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Answers to what was typed before are thrown away. */
  async function load(limit: number): Promise<void> {
    turn += 1
    const mine = turn
    const one = accountId.value ?? list.accountId.value
    const query = { scope: list.scope.value, typed: typed.value, limit }
    const found = await ask('search', { ...query, ...(one === undefined ? {} : { accountId: one }) }).catch(
      leaveAsIs,
    )
    if (found && mine === turn) answer.value = found
  }

  function again(): void {
    clearTimeout(timer)
    turn += 1
    forget()
    if (typed.value.trim() === '') answer.value = undefined
    else timer = setTimeout(() => load(PAGE_OF_HITS), PAUSE_MS)
  }

  function type(words: string): void {
    typed.value = words
    again()
  }

  /** What only the site holds is read first, so that it can be shown among its neighbours. */
  async function openHit({ ref, messageId }: SearchHit, isOnSite: boolean): Promise<void> {
    if (!isOnSite || messageId === undefined) return open(ref, true, messageId)
    isGoing.value = true
    const place = await ask('locate', { ref, messageId }).catch(leaveAsIs)
    isGoing.value = false
    open(place ?? ref, true, place && messageId)
  }

  return {
    ...{ isOpen, isGoing, typed, accountId, answer, site, again, type, openHit },
    groups: computed(() => grouped(answer.value?.hits ?? [])),
    siteGroups: computed(() => grouped(site.value.hits)),
    choose(id: AccountId | undefined) {
      accountId.value = id
      again()
    },
    more: () => load((answer.value?.hits.length ?? 0) + PAGE_OF_HITS),
    searchSite() {
      const one = accountId.value ?? list.accountId.value
      return askFor(
        typed.value,
        (one === undefined ? accounts.value.map(({ id }) => id) : [one]).map((id) => [id, 0]),
      )
    },
    moreFromSite: () => askFor(typed.value, site.value.next),
    close() {
      isOpen.value = false
      type('')
    },
  }
}
