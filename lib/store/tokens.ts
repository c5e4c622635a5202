import type { AccountId } from '../dialogue/dialogue.ts'
import type { Store } from './db.ts'

/** One key a profile; it cannot be taken out of the browser, so a copied database opens no account. */
async function sealingKey(db: Store): Promise<CryptoKey> {
  const row = await db.keys.get('tokens')
  if (row) return row.key
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await db.keys.add({ id: 'tokens', key }).catch(() => undefined)
  return (await db.keys.get('tokens'))?.key ?? key
}

export async function keepToken(db: Store, accountId: AccountId, wstoken: string): Promise<void> {
  const key = await sealingKey(db)
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new TextEncoder().encode(wstoken))
  await db.tokens.put({ accountId, iv, sealed })
}

export async function tokenOf(db: Store, accountId: AccountId): Promise<string | undefined> {
  const row = await db.tokens.get(accountId)
  if (!row) return undefined
  const opened = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: row.iv },
    await sealingKey(db),
    row.sealed,
  )
  return new TextDecoder().decode(opened)
}

export async function forgetToken(db: Store, accountId: AccountId): Promise<void> {
  await db.tokens.delete(accountId)
}

export async function hasToken(db: Store, accountId: AccountId): Promise<boolean> {
  return (await db.tokens.where('accountId').equals(accountId).count()) > 0
}
