import { browser } from 'wxt/browser'
import type { AccountView, DialogueRow } from '../../lib/dialogue/views.ts'
import { notify } from '../../lib/extension/notify.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { accountWith } from '../../lib/store/accounts.ts'
import type { Store } from '../../lib/store/db.ts'
import { scopeAll } from '../../lib/store/lists.ts'
import { readList } from '../../lib/store/read-list.ts'

const key = (accountId: string) => `noticed:${accountId}`

/** The newest message that was already announced, kept while the browser runs. */
async function isNews(accountId: string, timeLast: number): Promise<boolean> {
  const name = key(accountId)
  const noticed = (await browser.storage.session.get<Record<string, number>>(name))[name]
  await browser.storage.session.set({ [name]: Math.max(noticed ?? 0, timeLast) })
  return noticed !== undefined && timeLast > noticed
}

function words(row: DialogueRow): string {
  const who = row.people[0]?.fullName ?? row.groupName ?? ''
  return [row.subject, `${who}: ${row.snippet?.text ?? ''}`].filter(Boolean).join('\n')
}

async function newest(db: Store, accountId: string): Promise<DialogueRow | undefined> {
  const account = await accountWith(db, accountId)
  if (!account) return undefined
  const { rows } = await readList(db, { accounts: [account], scope: scopeAll, filter: 'unread', limit: 1 })
  return rows[0]?.isMuted ? undefined : rows[0]
}

/** Says once that something new is there: who and what only if the person wants that. */
export async function noticeNew(db: Store, accounts: AccountView[]): Promise<void> {
  const { notifications, notificationsWithoutContent, hidden } = await readSettings()
  for (const { id, unread, siteName } of accounts) {
    const row = unread > 0 ? await newest(db, id) : undefined
    if (!row || !(await isNews(id, row.timeLast)) || !notifications) continue
    const bare = notificationsWithoutContent || hidden
    await notify(id, bare ? t('name') : siteName, bare ? plural('launcherUnread', unread) : words(row))
  }
}
