import { browser } from 'wxt/browser'
import { readPolicy, underPolicy } from './policy.ts'
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'
import { untilChanged } from './until-changed.ts'

async function readChosen(): Promise<Settings> {
  const { settings } = await browser.storage.local.get<{ settings?: Partial<Settings> }>('settings')
  return { ...DEFAULT_SETTINGS, ...settings }
}

/** As the person chose; what is in force may be narrower. */
const chosen = untilChanged('local', readChosen, 'settings')

export async function readSettings(): Promise<Settings> {
  const [own, policy] = await Promise.all([chosen.read(), readPolicy()])
  return underPolicy(own, policy)
}

/** What an administrator has set is kept from change, and what the person chose before comes back without it. */
export async function changeSettings(change: Partial<Settings>): Promise<Settings> {
  await browser.storage.local.set({ settings: { ...(await readChosen()), ...change } })
  // The browser says so a moment later.
  chosen.forget()
  return readSettings()
}
