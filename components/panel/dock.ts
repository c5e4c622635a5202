import { adoptStyle } from './style.ts'

const OPEN = 'aside-open'
const WIDTH = '--aside-width'

/** Moodle's fixed parts at the inline end move along; the rest gives way by the body's padding. */
const STYLE = `
@media (min-width: 768px) {
  html.${OPEN} body { padding-inline-end: var(${WIDTH}) !important; }
  html.${OPEN} :is(.drawer.drawer-right.show, .drawer-right-toggle, .drawer-toggler.drawer-right-toggle, #page-footer .btn-footer-popover, .btn-footer-communication) {
    inset-inline-end: var(${WIDTH}) !important;
  }
}
@media print { html.${OPEN} body { padding-inline-end: 0 !important; } }
`

/** Moodle lays out its menus by the window's width, and looks again when that changes. */
function tellPage(): void {
  window.dispatchEvent(new Event('resize'))
}

/** Makes room beside the page, and gives it back. */
export function createDock() {
  const { documentElement: html } = document
  adoptStyle(document, STYLE)
  return {
    open(px: number) {
      html.style.setProperty(WIDTH, `${px}px`)
      html.classList.add(OPEN)
      tellPage()
    },
    close() {
      if (!html.classList.contains(OPEN)) return
      html.classList.remove(OPEN)
      html.style.removeProperty(WIDTH)
      tellPage()
    },
  }
}
