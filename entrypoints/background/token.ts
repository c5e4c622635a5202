import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { signIn } from '../../lib/moodle/index.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { changeSync } from '../../lib/store/sync-state.ts'
import { keepToken } from '../../lib/store/tokens.ts'
import { troubleOf } from '../../lib/sync/trouble.ts'
import { announce } from './changes.ts'
import { transportOptions } from './connect.ts'
import { isLoggedInHere } from './leaving.ts'
import { accountView } from './state.ts'
import { rounds, store } from './worker.ts'

async function launched(wwwroot: string): Promise<string> {
  const randomPassport = () => crypto.randomUUID()
  return (await signIn.withLaunchPage({ ...transportOptions(wwwroot), randomPassport })).wstoken
}

/** "Also when I am logged out": a token from the site's launch page, or a pasted security key, kept if it is this person's. */
export async function useToken(account: AccountRow, pasted?: string): Promise<AccountView | Trouble> {
  if (!account.onlyMe) return { kind: 'not-permitted', mender: 'person' }
  // The launch page gives the token of whoever looks like logged in, also of somebody acting as another.
  if (!pasted?.trim() && !(await isLoggedInHere(account))) return { kind: 'other-user', mender: 'person' }
  try {
    const wstoken = pasted?.trim() || (await launched(account.wwwroot))
    const info = await signIn.checkToken({ ...transportOptions(account.wwwroot), wstoken })
    if (info.userid !== account.userId) return { kind: 'other-user', mender: 'person' }
    await keepToken(store, account.id, wstoken)
  } catch (error) {
    return troubleOf(error)
  }
  await changeSync(store, account.id, { trouble: undefined })
  announce(store, { accountId: account.id, topics: ['accounts', 'sync'] })
  void rounds.now(account.id)
  return accountView(store, account)
}
