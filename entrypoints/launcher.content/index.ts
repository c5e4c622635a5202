import { defineContentScript } from 'wxt/utils/define-content-script'
import { startLauncher } from './launcher.ts'

/** Registered by the worker for switched-on sites only, hence no matches here. */
export default defineContentScript({
  matches: [],
  registration: 'runtime',
  main: (ctx) => startLauncher(ctx),
})
