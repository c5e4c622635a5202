import { icon } from '../launcher/icon.ts'

declare const __E2E__: boolean

/** As quiet as Moodle's own: links with words, grey icons in rows. */
const STYLE = `
:host { display: inline-block; position: relative; z-index: 2; vertical-align: middle; margin-inline-start: .25rem; font-weight: 400; line-height: 1 }
:host([data-kind=post]) { margin-inline-start: 0 }
:host([data-kind=grader]) { float: inline-end; font-size: .9375rem }
:host([data-kind=grades]) { margin-inline-start: .75rem; font-size: .9375rem }
button { all: unset; box-sizing: border-box; display: inline-flex; align-items: center; justify-content: center; gap: .4em; min-inline-size: 24px; min-block-size: 24px; border-radius: 4px; color: inherit; opacity: .65; line-height: 1.25; text-align: start; cursor: pointer }
button[data-worded] { padding: .375rem .75rem; color: var(--primary, #0f6cbf); opacity: 1 }
button:hover, button:focus-visible { color: var(--primary, #0f6cbf); opacity: 1 }
button[data-worded]:hover { text-decoration: underline }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 1px }
:host([data-kind=count]) { margin-inline-start: .5rem }
:host([data-kind=count]) button { padding: 0 .5rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .8125rem; font-weight: 600 }
:host([data-kind=count]) button[data-unread] { border-color: #ca3120; background: #ca3120; color: #fff }
button:disabled { color: inherit; opacity: .65; text-decoration: none; cursor: default }
svg { flex: none; inline-size: 1.15em; block-size: 1.15em; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linejoin: round }
@media (pointer: coarse) { button { min-inline-size: 44px; min-block-size: 44px } }
`

export interface ActionLook {
  /** What it does, in full: read aloud, and shown when pointed at. */
  label: string
  /** Shown beside the icon, where there is room. */
  words?: string
  /** Among the items of a menu. */
  isItem?: boolean
  /** A number in a pill, without the icon. */
  isCount?: boolean
}

let sheet: CSSStyleSheet | undefined
let mould: HTMLButtonElement | undefined

function style(): CSSStyleSheet {
  sheet ??= new CSSStyleSheet()
  if (sheet.cssRules.length === 0) sheet.replaceSync(STYLE)
  return sheet
}

function button(): HTMLButtonElement {
  mould ??= document.createElement('button')
  if (!mould.firstChild) {
    mould.type = 'button'
    mould.append(icon(), document.createElement('span'))
  }
  return mould.cloneNode(true) as HTMLButtonElement
}

export interface ActionButton {
  host: HTMLElement
  say(look: ActionLook): void
  setDisabled(isDisabled: boolean): void
  /** Inside the closed root: the page is not told what is unread. */
  setUnread(isUnread: boolean): void
}

/** One quiet button of ours among Moodle's own; what a script of the page presses does nothing. */
export function drawAction(look: ActionLook, press: () => void): ActionButton {
  const host = document.createElement('aside-action')
  host.setAttribute('role', 'none')
  const root = host.attachShadow({ mode: __E2E__ ? 'open' : 'closed', delegatesFocus: true })
  root.adoptedStyleSheets = [style()]
  const inner = button()
  inner.addEventListener('click', (event) => {
    if (!event.isTrusted) return
    event.stopPropagation()
    event.preventDefault()
    press()
  })
  root.append(inner)
  function say({ label, words }: ActionLook): void {
    inner.title = label
    inner.setAttribute('aria-label', label)
    const shown = inner.lastElementChild as HTMLElement
    shown.textContent = words ?? ''
    shown.hidden = words === undefined
    inner.toggleAttribute('data-worded', words !== undefined)
  }
  if (look.isCount) inner.querySelector('svg')?.remove()
  if (look.isItem) inner.setAttribute('role', 'menuitem')
  say(look)
  return {
    host,
    say,
    setDisabled: (isDisabled) => {
      inner.disabled = isDisabled
    },
    setUnread: (isUnread) => {
      inner.toggleAttribute('data-unread', isUnread)
    },
  }
}
