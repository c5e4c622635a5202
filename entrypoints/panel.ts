import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { preparePage } from '../components/common/page.ts'
import { mountExport } from '../components/export/mount.tsx'
import type { Wanted } from '../components/panel/content.ts'
import { mountInbox } from '../components/panel/inbox.tsx'
import { createPanel, type PanelControl } from '../components/panel/mount.tsx'
import { workerLine } from '../lib/extension/line.ts'
import { isOwnPage } from '../lib/extension/own-page.ts'
import type { Hello } from '../lib/extension/protocol.ts'
import { t } from '../lib/extension/text.ts'

declare const __E2E__: boolean

/** Shared with the launcher, which lives in the same isolated world. */
interface World {
  asidePanel?: PanelControl | undefined
  /** Begun by the launcher before this script was here. */
  asideFirst?: Promise<Hello> | undefined
  /** What the person has asked for meanwhile. */
  asideWanted?: Wanted | undefined
  /** `look.js` was here before. */
  asideLook?: string
  asidePanelChanged?: ((isOpen: boolean) => void) | undefined
}

function showPanel(): void {
  const world = globalThis as World
  if (world.asidePanel?.isAlive()) return
  world.asidePanel?.remove()
  world.asidePanel = createPanel({
    line: workerLine,
    css: world.asideLook ?? '',
    mode: __E2E__ ? 'open' : 'closed',
    first: world.asideFirst,
    onToggle: (isOpen) => world.asidePanelChanged?.(isOpen),
  })
  if (world.asideWanted) world.asidePanel.show(world.asideWanted)
  world.asideWanted = undefined
}

/** In a page of the extension's own. */
function showScreen(): void {
  if (document.body.dataset.screen === 'export') mountExport(preparePage(t('export')), workerLine)
  else void mountInbox(preparePage(t('inbox')), workerLine)
}

/** Beside a page of somebody's Moodle, and in our own: one script, because they are made of the same parts. */
export default defineUnlistedScript(() => (isOwnPage() ? showScreen() : showPanel()))
