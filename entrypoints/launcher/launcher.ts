import { browser } from 'wxt/browser'
import { type Addressed, dialogueInAddress, type NotLooked } from '../../lib/dialogue/address.ts'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { NewDialogueSeed } from '../../lib/dialogue/seed.ts'
import type { Scope } from '../../lib/dialogue/views.ts'
import { ask } from '../../lib/extension/light-ask.ts'
import {
  type Hello,
  type LauncherState,
  type PageReport,
  PROTOCOL_VERSION,
} from '../../lib/extension/protocol.ts'
import { type MoodlePage, pageFacts, readPage } from '../../lib/moodle/page.ts'
import { type Button, drawButton } from './button.ts'
import { PLACES } from './place-pages.ts'

/** What panel.js leaves in this world, and what it finds there. */
declare global {
  var asidePanel: { show(wanted?: Wanted): void; hide(): void; toggle(): void; isOpen(): boolean } | undefined
  var asideFirst: Promise<Hello> | undefined
  /** For a panel that is on its way: it shows itself with this. */
  var asideWanted: Wanted | undefined
  /** Says whether a launcher of this very version is at work. */
  var asideLauncher: (() => boolean) | undefined
  var asidePanelChanged: ((open: boolean) => void) | undefined
  /** For the panel and the page's actions. */
  var asideWwwroot: string | undefined
  var asideOpen: ((wanted: Wanted) => void) | undefined
  /** What the page's actions say that a shortcut means here: the person on screen, or nothing in particular. */
  var asideHere: (() => Promise<NewDialogueSeed | undefined>) | undefined
}

interface Wanted {
  ref?: DialogueRef
  messageId?: number
  seed?: NewDialogueSeed
  scope?: Scope
  notLooked?: Addressed & { why: NotLooked }
}

/** Of a row with a name and two lines; more rows than the window is high follow when these are painted. */
const ROW_PX = 72
const LOG_OUT = /\/login\/logout\.php$/

function reportOf(page: MoodlePage): PageReport {
  const { wwwroot, sesskey, userId, state, language } = page
  return { wwwroot, sesskey, state, language, ...(userId === undefined ? {} : { userId }) }
}

/** As the panel itself chooses: this page, else this course, else everything. */
function scopeOf({ courseId, cmid }: MoodlePage): Scope {
  if (cmid !== undefined)
    return { kind: 'page', url: location.href, cmid, ...(courseId === undefined ? {} : { courseId }) }
  return courseId !== undefined && courseId > 1 ? { kind: 'course', courseId } : { kind: 'all' }
}

/** The first list is asked for while the panel's script is still on its way. */
function askFirst(page: MoodlePage): Promise<Hello> {
  const limit = Math.ceil(innerHeight / ROW_PX)
  return ask('hello', { version: PROTOCOL_VERSION, query: { filter: 'all', limit, scope: scopeOf(page) } })
}

let coming: Promise<void> | undefined

/** Pointer, focus and click come together, and want one panel. */
function bringPanel(warm: boolean): Promise<void> {
  coming ??= ask('openPanel', { warm }).finally(() => {
    coming = undefined
  })
  return coming
}

const FRESH_MS = 2000
let timeAsked = 0

/** What was asked for when the pointer came is still good at the click. */
function askFirstOnce(page: MoodlePage): void {
  if (Date.now() - timeAsked < FRESH_MS) return
  timeAsked = Date.now()
  globalThis.asideFirst = askFirst(page)
}

/** The script first: its way is the longer one. */
async function begin(page: MoodlePage, warm: boolean): Promise<void> {
  const panel = globalThis.asidePanel ? undefined : bringPanel(warm)
  askFirstOnce(page)
  await panel
}

async function open(page: MoodlePage, wanted: Wanted = {}): Promise<void> {
  const { asidePanel } = globalThis
  if (!asidePanel) globalThis.asideWanted = { ...globalThis.asideWanted, ...wanted }
  await begin(page, false).finally(() => {
    globalThis.asideWanted = undefined
  })
  asidePanel?.show(wanted)
}

async function openAddressed(page: MoodlePage): Promise<void> {
  const addressed = dialogueInAddress(location.href)
  const found = addressed && (await ask('findDialogue', addressed))
  if (found) await open(page, 'ref' in found ? found : { notLooked: { ...addressed, why: found.notLooked } })
}

/** A click on Moodle's own "Log out": what follows is the person's will and no time-out. */
function reportLogOut(event: Event, report: PageReport): void {
  if (!event.isTrusted) return
  const link = event.target instanceof Element ? event.target.closest('a[href], form[action]') : null
  const address = link?.getAttribute('href') ?? link?.getAttribute('action')
  if (address && LOG_OUT.test(new URL(address, location.href).pathname))
    ask('reportPage', { ...report, state: 'logging-out' })
}

export async function startLauncher(): Promise<void> {
  const page = readPage(pageFacts(document))
  if (!page || window.top !== window) return
  globalThis.asideWwwroot = page.wwwroot
  const report = reportOf(page)
  const state = await ask('reportPage', report)
  if (state.accountId === undefined) return
  const button = drawButton({
    click(event) {
      if (!event.isTrusted) return
      if (globalThis.asidePanel) globalThis.asidePanel.toggle()
      else void open(page)
    },
    near: (event) => {
      if (!event.isTrusted || globalThis.asidePanel) return
      void begin(page, true)
    },
  })
  button.show(state.unread)
  button.setOpen(globalThis.asidePanel?.isOpen() ?? false)
  globalThis.asidePanelChanged = (isOpen) => {
    button.setOpen(isOpen)
    if (!isOpen) button.focus()
  }
  globalThis.asideOpen = (wanted) => void open(page, wanted)
  listen(page, report, button)
  if (PLACES.test(page.pageId) && page.state === 'ok') void ask('bringActions', {})
  await openAddressed(page)
}

interface Told {
  launcher?: LauncherState
  open?: DialogueRef
  /** The person's shortcut. */
  here?: true
}

async function openHere(page: MoodlePage): Promise<void> {
  const seed = await globalThis.asideHere?.()
  await open(page, seed ? { seed } : {})
}

function listen(page: MoodlePage, report: PageReport, button: Button): void {
  const reportFrom = (event: Event) => reportLogOut(event, report)
  browser.runtime.onMessage.addListener((message: Told) => {
    if (message.launcher) button.show(message.launcher.unread)
    if (message.open) void open(page, { ref: message.open })
    if (message.here) void openHere(page)
  })
  document.addEventListener('click', reportFrom, { capture: true })
  document.addEventListener('submit', reportFrom, { capture: true })
  window.addEventListener('hashchange', () => void openAddressed(page))
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void renew(report, button)
  })
}

/** After an update of the extension this script is an orphan: the new one draws its own button. */
async function renew(report: PageReport, button: Button): Promise<void> {
  if (browser.runtime?.id === undefined) return button.remove()
  button.show((await ask('reportPage', report)).unread)
}
