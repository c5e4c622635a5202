import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { startLauncher } from './launcher.ts'

/** Registered by the worker for switched-on sites only. */
export default defineUnlistedScript(() => {
  void startLauncher()
})
