declare const __E2E__: boolean

/** As quiet as Moodle's own: links with words, grey icons in rows. */
const STYLE = `
:host { display: inline-block; position: relative; z-index: 2; vertical-align: middle; margin-inline-start: .25rem; font-weight: 400; line-height: 1 }
button { all: unset; box-sizing: border-box; display: inline-flex; align-items: center; justify-content: center; gap: .4em; min-inline-size: 24px; min-block-size: 24px; border-radius: 4px; color: inherit; opacity: .65; line-height: 1.25; text-align: start; cursor: pointer }
button[data-worded] { padding: .375rem .75rem; color: var(--primary, #0f6cbf); opacity: 1 }
button:hover, button:focus-visible { color: var(--primary, #0f6cbf); opacity: 1 }
button[data-worded]:hover { text-decoration: underline }
button:focus-visible { outline: 2px solid currentColor; outline-offset: 1px }
svg { flex: none; inline-size: 1.15em; block-size: 1.15em; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linejoin: round }
@media (pointer: coarse) { button { min-inline-size: 44px; min-block-size: 44px } }
`

/** Reading a style sheet is a tenth of all the work on a page: it has no rules for other pages. */
const OF_KIND: Readonly<Record<string, string>> = {
  post: `${STYLE}:host { margin-inline-start: 0 }`,
  grader: `${STYLE}:host { float: inline-end; font-size: .9375rem }`,
  grades: `${STYLE}:host { margin-inline-start: .75rem; font-size: .9375rem }`,
  ticked: `${STYLE}button:disabled { color: inherit; opacity: .65; text-decoration: none; cursor: default }`,
}

/** Of the course page alone. */
const ROOM = `
:host { display: inline-flex; align-items: center }
:host([data-kind=count]) { margin-inline-start: .5rem }
.room { flex: none; contain: strict; inline-size: 3.25rem; block-size: 24px; font: 600 .8125rem system-ui, sans-serif }
.room button { padding: 0 .5rem; border: 1px solid currentColor; border-radius: 1rem }
.room button::before { content: attr(data-words) }
.room button[data-unread] { border-color: #ca3120; background: #ca3120; color: #fff; opacity: 1 }
.room button:focus-visible { outline-offset: -3px }
@media (pointer: coarse) { .room { inline-size: 3.75rem; block-size: 44px } }
`

const sheets = new Map<string, CSSStyleSheet>()

/** Read once, shared by all. */
function sheetOf(style: string): CSSStyleSheet {
  const sheet = sheets.get(style) ?? new CSSStyleSheet()
  if (!sheets.has(style)) sheet.replaceSync(style)
  sheets.set(style, sheet)
  return sheet
}

export function styleRoom(root: ShadowRoot): void {
  root.adoptedStyleSheets = [sheetOf(STYLE), sheetOf(ROOM)]
}

/** One of ours among Moodle's own elements. `focus`: its first button takes what Moodle's menus hand to it. */
export function createHost(kind: string, focus: boolean): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement('aside-action')
  host.setAttribute('role', 'none')
  host.setAttribute('data-kind', kind)
  const root = host.attachShadow({ mode: __E2E__ ? 'open' : 'closed', delegatesFocus: focus })
  root.adoptedStyleSheets = [sheetOf(OF_KIND[kind] ?? STYLE)]
  return { host, root }
}

/** What a script of the page presses does nothing. */
export function onPress(button: HTMLElement, press: () => void): void {
  button.addEventListener('click', (event) => {
    if (!event.isTrusted) return
    event.stopPropagation()
    event.preventDefault()
    press()
  })
}
