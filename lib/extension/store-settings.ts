import { browser } from 'wxt/browser'
import { readPolicy, underPolicy } from './policy.ts'
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'

/** As the person chose; what is in force may be narrower. */
async function chosenSettings(): Promise<Settings> {
  const { settings } = await browser.storage.local.get<{ settings?: Partial<Settings> }>('settings')
  return { ...DEFAULT_SETTINGS, ...settings }
}

export async function readSettings(): Promise<Settings> {
  const [chosen, policy] = await Promise.all([chosenSettings(), readPolicy()])
  return underPolicy(chosen, policy)
}

/** What an administrator has set is kept from change, and what the person chose before comes back without it. */
export async function changeSettings(change: Partial<Settings>): Promise<Settings> {
  await browser.storage.local.set({ settings: { ...(await chosenSettings()), ...change } })
  return readSettings()
}
