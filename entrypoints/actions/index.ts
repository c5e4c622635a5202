import { browser } from 'wxt/browser'
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import type { NewDialogueSeed } from '../../lib/dialogue/seed.ts'
import { startActions, type Wanted } from './actions.ts'

/** Shared with the launcher, which lives in the same isolated world. */
interface World {
  asideOpen?: ((wanted: Wanted) => void) | undefined
  asideHere?: (() => Promise<NewDialogueSeed | undefined>) | undefined
  /** Says whether the actions are of this very version. */
  asideActions?: (() => boolean) | undefined
}

/** Brought by the worker to pages that show people or activities. */
export default defineUnlistedScript(() => {
  const world = globalThis as World
  const isHere = world.asideActions?.() ?? false
  world.asideActions = () => browser.runtime?.id !== undefined
  if (isHere) return
  for (const old of document.querySelectorAll('aside-action')) old.remove()
  const actions = startActions((wanted) => world.asideOpen?.(wanted))
  world.asideHere = actions.here
  // At once: so little is looked at first that to ask for an idle moment would cost a third of it.
  void actions.look().catch(() => undefined)
})
