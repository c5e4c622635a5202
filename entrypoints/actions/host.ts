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
button:disabled { color: inherit; opacity: .65; text-decoration: none; cursor: default }
svg { flex: none; inline-size: 1.15em; block-size: 1.15em; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linejoin: round }
.room { display: inline-block; contain: strict; inline-size: 3.25rem; block-size: 24px; vertical-align: middle; font: 600 .8125rem system-ui, sans-serif }
.room button { padding: 0 .5rem; border: 1px solid currentColor; border-radius: 1rem }
.room button::before { content: attr(data-words) }
.room button[data-unread] { border-color: #ca3120; background: #ca3120; color: #fff; opacity: 1 }
.room button:focus-visible { outline-offset: -3px }
@media (pointer: coarse) { button { min-inline-size: 44px; min-block-size: 44px } .room { inline-size: 3.75rem; block-size: 44px } }
`

let sheet: CSSStyleSheet | undefined

function style(): CSSStyleSheet {
  sheet ??= new CSSStyleSheet()
  if (sheet.cssRules.length === 0) sheet.replaceSync(STYLE)
  return sheet
}

/** One of ours among Moodle's own elements. `focus`: its first button takes what Moodle's menus hand to it. */
export function createHost(kind: string, focus: boolean): { host: HTMLElement; root: ShadowRoot } {
  const host = document.createElement('aside-action')
  host.setAttribute('role', 'none')
  host.dataset.kind = kind
  const root = host.attachShadow({ mode: __E2E__ ? 'open' : 'closed', delegatesFocus: focus })
  root.adoptedStyleSheets = [style()]
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
