import { effect, signal } from '@preact/signals'
import { render } from 'preact'
import type { Hello } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { createConnection, type Line } from '../models/connection.ts'
import { createContent, type Wanted } from './content.ts'
import { createDock } from './dock.ts'
import { keepInside, refuseMadeUpEvents } from './guard.ts'
import { pageLook } from './page-look.ts'
import { Panel } from './panel.tsx'
import { adoptStyle } from './style.ts'

/** A slower answer than this is waited for with something on screen. */
const PATIENCE_MS = 120

/** What the launcher and the worker may do with the panel. */
export interface PanelControl {
  show(wanted?: Wanted): void
  hide(): void
  toggle(): void
  isOpen(): boolean
  isAlive(): boolean
  remove(): void
}

export interface PanelStart {
  line: Line
  css: string
  /** Tests look inside; a page must not. */
  mode: ShadowRootMode
  first: Promise<Hello> | undefined
  onToggle: (isOpen: boolean) => void
}

function createHost({ css, mode }: PanelStart): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement('aside-panel')
  const root = host.attachShadow({ mode })
  adoptStyle(root, css)
  keepInside(host)
  refuseMadeUpEvents(root)
  return { host, root }
}

/** Whether the tab is the one in front. */
function watchTab() {
  const isSeen = signal(document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', () => {
    isSeen.value = document.visibilityState === 'visible'
  })
  return isSeen
}

/** Where the focus was, to give it back; nothing if it was nowhere. */
function focused(): HTMLElement | undefined {
  const { activeElement } = document
  return activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : undefined
}

export function createPanel(start: PanelStart): PanelControl {
  const connection = createConnection(start.line)
  const { host, root } = createHost(start)
  const isOpen = signal(false)
  const isDrawn = signal(false)
  const width = signal(DEFAULT_SETTINGS.panelWidth)
  const look = signal(pageLook())
  const isTabSeen = watchTab()
  const { content, desk, begin } = createContent(connection, () => isOpen.value && isTabSeen.value)
  const dock = createDock()
  let from: HTMLElement | undefined

  function draw(): void {
    if (host.isConnected || !isOpen.value) return
    isDrawn.value = true
    const settle = (px: number) => desk()?.setPanelWidth(px)
    render(<Panel {...{ content, isOpen, width, look }} onClose={hide} onWidthSettled={settle} />, root)
    document.documentElement.append(host)
  }

  let isRenewed = false

  /** The first list was asked for when the pointer came near; something may have come since. Later ones are told. */
  function renew(): void {
    if (isRenewed || !desk()) return
    isRenewed = true
    // Not while the browser paints what is there.
    requestAnimationFrame(() => setTimeout(() => void desk()?.list.load()))
  }

  function show(wanted: Wanted = {}): void {
    if (!isOpen.value) from = focused()
    look.value = pageLook()
    isOpen.value = true
    begin(start.first, wanted).then(draw).then(renew)
    setTimeout(draw, PATIENCE_MS)
    start.onToggle(true)
  }

  function hide(): void {
    const hadFocus = document.activeElement === host
    desk()?.flush()
    isOpen.value = false
    start.onToggle(false)
    if (hadFocus && from?.isConnected) from.focus()
  }

  const stops = [
    effect(() => {
      const held = desk()
      if (held) width.value = held.settings.value.panelWidth
    }),
    effect(() => {
      if (isOpen.value && isDrawn.value) dock.open(width.value)
      else dock.close()
    }),
  ]

  return {
    show,
    hide,
    toggle: () => (isOpen.value ? hide() : show()),
    isOpen: () => isOpen.value,
    isAlive: start.line.isAlive,
    remove() {
      hide()
      for (const stop of stops) stop()
      desk()?.stop()
      connection.close()
      render(null, root)
      host.remove()
    },
  }
}
