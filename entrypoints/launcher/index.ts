import { browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startLauncher } from './launcher.ts'

/** Registered by the worker for switched-on sites only. */
export default defineUnlistedScript(() => {
  // Brought to an open page again after an update or a restart; an orphan of an older version does not count.
  const isHere = globalThis.asideLauncher?.() ?? false
  globalThis.asideLauncher = () => browser.runtime?.id !== undefined
  if (!isHere) void startLauncher().catch(() => undefined)
})
