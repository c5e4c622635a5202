import { signal } from '@preact/signals'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { SearchHit } from '../../lib/dialogue/search-hit.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { type Ask, leaveAsIs } from './connection.ts'

/*
 * On the site, for what is typed now:
 *
 * not asked ──► asking ──► answered     the person's click; each page is one more
 * any ──► not asked                     something else is typed, or looked for elsewhere
 */
export interface OnSite {
  state: 'not-asked' | 'asking' | 'answered'
  hits: SearchHit[]
  /** Where each account's next page begins. */
  next: Page[]
  trouble?: Trouble
}

type Page = [accountId: AccountId, from: number]

const NOT_ASKED: OnSite = { state: 'not-asked', hits: [], next: [] }

export function createSiteSearch(ask: Ask) {
  const site = signal(NOT_ASKED)
  let turn = 0

  async function askFor(typed: string, pages: Page[]): Promise<void> {
    const mine = turn
    const before = site.value
    site.value = { ...before, state: 'asking' }
    const each = await Promise.all(
      pages.map(([accountId, from]) => ask('searchServer', { accountId, typed, from }).catch(leaveAsIs)),
    )
    if (mine !== turn) return
    const hits = [...before.hits, ...each.flatMap((found) => found?.hits ?? [])]
    const trouble = each.find((found) => found?.trouble)?.trouble
    site.value = {
      state: 'answered',
      hits: hits.sort((a, b) => b.time - a.time),
      next: pages.flatMap(([id], i): Page[] => {
        const next = each[i]?.next
        return next === undefined ? [] : [[id, next]]
      }),
      ...(trouble ? { trouble } : {}),
    }
  }

  return {
    site,
    askFor,
    forget(): void {
      turn += 1
      site.value = NOT_ASKED
    },
  }
}
