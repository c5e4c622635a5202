const DEEDS = [
  'click',
  'pointerdown',
  'pointerup',
  'keydown',
  'keyup',
  'input',
  'change',
  'submit',
  'paste',
  'drop',
]
const PRIVATE = [
  'keydown',
  'keyup',
  'keypress',
  'input',
  'beforeinput',
  'paste',
  'copy',
  'cut',
  'focusin',
  'focusout',
]

/** Events that a script made do nothing: an address or a page must not press our buttons. */
export function refuseMadeUpEvents(root: ShadowRoot): void {
  for (const name of DEEDS) {
    root.addEventListener(
      name,
      (event) => {
        if (!event.isTrusted) event.stopImmediatePropagation()
      },
      { capture: true },
    )
  }
}

/** The page's shortcuts must not fire while somebody writes, nor its dialogs pull the focus back. */
export function keepInside(host: HTMLElement): void {
  for (const name of PRIVATE) host.addEventListener(name, (event) => event.stopPropagation())
}
