import { icon } from './icon.ts'
import { t, unreadText } from './words.ts'

declare const __E2E__: boolean

/** Moodle's own message icon, or where it would be: Boost, Classic and most children of Boost. */
const BAR = '#usernavigation'
const BEFORE = '[data-region="popover-region-messages"], .popover-region, .usermenu-container'

const STYLE = `
:host { display: flex; align-items: center }
:host([data-floating]) { position: fixed; inset-block-end: 6em; inset-inline-end: 1em; z-index: 1020 }
button { all: unset; box-sizing: border-box; position: relative; display: grid; place-items: center; inline-size: 2.5em; block-size: 2.5em; color: inherit; cursor: pointer }
:host([data-floating]) button { inline-size: 3em; block-size: 3em; border-radius: 50%; background: var(--primary, #0f6cbf); color: #fff }
button:hover { opacity: .8 }
button:focus-visible { outline: 3px solid currentColor; outline-offset: -3px; border-radius: 4px }
svg { inline-size: 1.3em; block-size: 1.3em; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linejoin: round }
span { position: absolute; inset-block-start: .1em; inset-inline-end: .1em; min-inline-size: 1.5em; padding: 0 .3em; box-sizing: border-box; border-radius: 1em; background: #ca3120; color: #fff; font: 700 .65em/1.5 system-ui, sans-serif; text-align: center }
span:empty { display: none }
@media (pointer: coarse) { button { min-inline-size: 44px; min-block-size: 44px } }
`

function put(host: HTMLElement): void {
  const bar = document.querySelector(BAR)
  const before = bar?.querySelector(BEFORE)
  host.toggleAttribute('data-floating', !bar)
  if (before) before.before(host)
  else (bar ?? document.body).append(host)
}

export interface Button {
  show(unread: number): void
  setOpen(open: boolean): void
  focus(): void
  remove(): void
}

/** One more icon in the navigation bar, or a round button at the page's edge where there is none. */
export function drawButton(on: { click(event: Event): void; near(event: Event): void }): Button {
  for (const old of document.querySelectorAll('aside-launcher')) old.remove()
  const host = document.createElement('aside-launcher')
  const root = host.attachShadow({ mode: __E2E__ ? 'open' : 'closed', delegatesFocus: true })
  const button = document.createElement('button')
  const count = document.createElement('span')
  const style = new CSSStyleSheet()
  style.replaceSync(STYLE)
  root.adoptedStyleSheets = [style]
  button.type = 'button'
  button.append(icon(), count)
  button.addEventListener('click', on.click)
  button.addEventListener('pointerenter', on.near)
  button.addEventListener('focus', on.near)
  root.append(button)
  put(host)
  return {
    show(unread) {
      count.textContent = unread === 0 ? '' : unread > 99 ? '99+' : String(unread)
      button.title = unread === 0 ? t('dialogues') : unreadText(unread)
      button.setAttribute('aria-label', button.title)
    },
    setOpen: (open) => button.setAttribute('aria-expanded', String(open)),
    focus: () => button.focus(),
    remove: () => host.remove(),
  }
}
