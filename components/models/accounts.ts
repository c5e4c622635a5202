import { signal } from '@preact/signals'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { oneAtATime } from './one-at-a-time.ts'

/** The accounts that a screen may see; in a page, the one of that page's person. */
export function createAccounts({ ask, onChange }: Connection, own: AccountView | undefined) {
  const account = signal(own)
  const accounts = signal(own ? [own] : [])

  async function load(): Promise<void> {
    const answer = await ask('accounts').catch(leaveAsIs)
    if (!answer) return
    accounts.value = answer
    if (account.value) account.value = answer.find(({ id }) => id === account.value?.id) ?? account.value
  }

  const renew = oneAtATime(load)
  const stop = onChange(({ topics }) => {
    if (topics.includes('accounts') || topics.includes('sync')) void renew()
  })

  return { account, accounts, load, stop }
}
