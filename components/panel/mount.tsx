import { effect, signal } from '@preact/signals'
import { render } from 'preact'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { type Hello, PROTOCOL_VERSION } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { type Connection, createConnection, type Line, leaveAsIs } from '../models/connection.ts'
import { createDeskModel, type DeskModel } from '../models/desk.ts'
import { PAGE_OF_ROWS } from '../models/list.ts'
import { scopeOf } from '../models/place.ts'
import { createDock } from './dock.ts'
import { keepInside, refuseMadeUpEvents } from './guard.ts'
import { pageLook } from './page-look.ts'
import { onMove, placeOf, wwwrootOfPage } from './page-place.ts'
import { type Content, Panel } from './panel.tsx'
import { adoptStyle } from './style.ts'

/** What the launcher and the worker may do with the panel. */
export interface PanelControl {
  show(options?: { ref?: DialogueRef }): void
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

function askHello(connection: Connection): Promise<Hello | undefined> {
  const scope = scopeOf(placeOf(wwwrootOfPage()))
  const query = { scope, filter: 'all', limit: PAGE_OF_ROWS } as const
  return connection.ask('hello', { version: PROTOCOL_VERSION, query }).catch(leaveAsIs)
}

/** Seen means: the panel is open and so is the tab. */
function watchSight() {
  const isTabSeen = signal(document.visibilityState === 'visible')
  const look = () => {
    isTabSeen.value = document.visibilityState === 'visible'
  }
  document.addEventListener('visibilitychange', look)
  return isTabSeen
}

export function createPanel(start: PanelStart): PanelControl {
  const connection = createConnection(start.line)
  const { host, root } = createHost(start)
  const content = signal<Content>({ kind: 'waiting' })
  const isOpen = signal(false)
  const width = signal(DEFAULT_SETTINGS.panelWidth)
  const look = signal(pageLook())
  const isTabSeen = watchSight()
  const dock = createDock()
  let desk: DeskModel | undefined
  let wanted: DialogueRef | undefined
  let begun = false

  function take(hello: Hello | undefined): void {
    if (!hello) {
      content.value = connection.lost.value ? { kind: 'outdated' } : { kind: 'not-on', trouble: undefined }
    } else if (hello.version !== PROTOCOL_VERSION) {
      content.value = { kind: 'outdated' }
    } else if (!hello.account) {
      content.value = { kind: 'not-on', trouble: hello.trouble }
    } else {
      openDesk(hello, hello.account.wwwroot)
    }
  }

  function openDesk(hello: Hello, wwwroot: string): void {
    const isVisible = () => isOpen.value && isTabSeen.value
    const made = createDeskModel(connection, { hello, place: placeOf(wwwroot), isVisible })
    desk = made
    width.value = made.settings.value.panelWidth
    content.value = { kind: 'desk', desk: made }
    onMove(() => {
      made.place.value = placeOf(wwwroot)
    })
    if (wanted) made.open(wanted, false)
    if (!hello.first) made.list.load()
  }

  async function begin(): Promise<void> {
    if (begun) return
    begun = true
    const hello = await (start.first?.catch(leaveAsIs) ?? askHello(connection))
    take(hello)
    // Not on, or no answer: the next opening asks again.
    begun = desk !== undefined
    draw()
  }

  let isDrawn = false
  function draw(): void {
    if (isDrawn) return
    isDrawn = true
    render(
      <Panel
        content={content}
        isOpen={isOpen}
        width={width}
        look={look}
        onClose={hide}
        onWidthSettled={(px) => desk?.setPanelWidth(px)}
      />,
      root,
    )
    document.documentElement.append(host)
  }

  function show({ ref }: { ref?: DialogueRef } = {}): void {
    wanted = ref
    look.value = pageLook()
    isOpen.value = true
    if (desk && ref) desk.open(ref, false)
    begin()
    // A quick answer is drawn at once, without a skeleton before it.
    if (!isDrawn) setTimeout(draw, 120)
    start.onToggle(true)
  }

  function hide(): void {
    desk?.flush()
    isOpen.value = false
    start.onToggle(false)
  }

  effect(() => {
    if (isOpen.value) dock.open(width.value)
    else dock.close()
  })

  return {
    show,
    hide,
    toggle: () => (isOpen.value ? hide() : show()),
    isOpen: () => isOpen.value,
    isAlive: () => start.line.isAlive(),
    remove() {
      hide()
      desk?.stop()
      connection.close()
      render(null, root)
      host.remove()
    },
  }
}
