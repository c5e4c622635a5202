import { icon } from '../launcher/icon.ts'
import { createHost, onPress } from './host.ts'

export interface ActionLook {
  /** What it does, in full: read aloud, and shown when pointed at. */
  label: string
  /** Shown beside the icon, where there is room. */
  words?: string
  /** Among the items of a menu. */
  isItem?: boolean
}

let mould: HTMLButtonElement | undefined

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
  root: ShadowRoot
  say(look: ActionLook): void
  setDisabled(isDisabled: boolean): void
}

/** One quiet button of ours among Moodle's own. */
export function drawAction(kind: string, look: ActionLook, press: () => void): ActionButton {
  const { host, root } = createHost(kind, true)
  const inner = button()
  onPress(inner, press)
  root.append(inner)
  function say({ label, words }: ActionLook): void {
    inner.title = label
    inner.setAttribute('aria-label', label)
    const shown = inner.lastElementChild as HTMLElement
    shown.textContent = words ?? ''
    shown.hidden = words === undefined
    inner.toggleAttribute('data-worded', words !== undefined)
  }
  if (look.isItem) inner.setAttribute('role', 'menuitem')
  say(look)
  return {
    host,
    root,
    say,
    setDisabled: (isDisabled) => {
      inner.disabled = isDisabled
    },
  }
}
