import { browser } from 'wxt/browser'
import { DEFAULT_SETTINGS, type Settings } from './settings.ts'

export async function readSettings(): Promise<Settings> {
  const { settings } = await browser.storage.local.get<{ settings?: Partial<Settings> }>('settings')
  return { ...DEFAULT_SETTINGS, ...settings }
}

export async function changeSettings(change: Partial<Settings>): Promise<Settings> {
  const settings = { ...(await readSettings()), ...change }
  await browser.storage.local.set({ settings })
  return settings
}
