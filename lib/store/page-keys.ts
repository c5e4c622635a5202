import { pageOf } from '../dialogue/page.ts'
import type { AccountRow } from './rows.ts'

/** By which a page is found again: itself, and the activity that it is of. */
export function pageKeysOf({ url }: { url?: string }, { wwwroot }: Pick<AccountRow, 'wwwroot'>): string[] {
  const page = url === undefined ? undefined : pageOf(url, wwwroot)
  if (!page) return []
  return page.cmid === undefined ? [page.key] : [...new Set([page.key, `cm${page.cmid}`])]
}
