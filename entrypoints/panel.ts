import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { isOwnPage, preparePage } from '../components/common/page.ts'
import { mountInbox } from '../components/panel/inbox.tsx'
import { createPanel, type PanelControl } from '../components/panel/mount.tsx'
import css from '../components/panel/panel-look.css?inline'
import { workerLine } from '../lib/extension/line.ts'
import type { Hello } from '../lib/extension/protocol.ts'
import { t } from '../lib/extension/text.ts'

declare const __E2E__: boolean

/** Shared with the launcher, which lives in the same isolated world. */
interface World {
  asidePanel?: PanelControl | undefined
  /** Begun by the launcher before this script was here. */
  asideFirst?: Promise<Hello> | undefined
  asidePanelChanged?: ((isOpen: boolean) => void) | undefined
}

function showPanel(): void {
  const world = globalThis as World
  if (world.asidePanel?.isAlive()) return
  world.asidePanel?.remove()
  world.asidePanel = createPanel({
    line: workerLine,
    css,
    mode: __E2E__ ? 'open' : 'closed',
    first: world.asideFirst,
    onToggle: (isOpen) => world.asidePanelChanged?.(isOpen),
  })
}

/** Beside a page of somebody's Moodle, and in the inbox: one script, because they are made of the same parts. */
export default defineUnlistedScript(() => {
  if (isOwnPage()) void mountInbox(preparePage(t('inbox')), workerLine)
  else showPanel()
})
