import { useLayoutEffect, useRef } from 'preact/hooks'

/** The document or shadow root that an element stands in. */
export function rootOf(element: Element | null | undefined): Document | ShadowRoot | undefined {
  const root = element?.getRootNode()
  return root && 'activeElement' in root ? (root as Document | ShadowRoot) : undefined
}

export function hasFocus(element: Element | null | undefined): boolean {
  return element?.contains(rootOf(element)?.activeElement ?? null) ?? false
}

/** Nothing beside `element` has the focus: what had it is gone or hidden. */
export function isLost(element: Element | null | undefined): boolean {
  const root = rootOf(element)
  const active = root?.activeElement
  const isNowhere = !active || active === document.body
  return root !== undefined && isNowhere && (root === document || document.activeElement === document.body)
}

/** The first that takes the focus: what is gone or hidden by now does not. */
export function focusFirst(candidates: readonly (Element | null | undefined)[]): void {
  for (const one of candidates) {
    if (!(one instanceof HTMLElement)) continue
    one.focus({ preventScroll: true })
    if (rootOf(one)?.activeElement === one) return
  }
}

/** An item of a menu that has closed since stands for the menu's button. */
function buttonOf(element: Element | null): Element | null | undefined {
  const menu = element?.closest('[popover]')
  return menu && rootOf(menu)?.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`)
}

/** What stands for the whole where nothing else is left: the list's row, the title of the dialogue. */
const WHOLE = ['.desk[data-level=list] .row[tabindex="0"]', '.thread-pane .head-title', '[data-action=new]']

/** Back to where the focus was, or as near as can be. */
export function giveBack(before: Element | null, root: Document | ShadowRoot | undefined): void {
  focusFirst([before, buttonOf(before), ...WHOLE.map((selector) => root?.querySelector(selector))])
}

/** For what goes when something was done with it: the focus does not go with it. */
export function useFocusKept() {
  const part = useRef<HTMLDivElement>(null)
  useLayoutEffect(
    () => () => {
      if (hasFocus(part.current)) giveBack(null, rootOf(part.current))
    },
    [],
  )
  return part
}
