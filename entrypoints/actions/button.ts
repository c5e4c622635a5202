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

function made({ words, isItem }: ActionLook): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.append(icon(), document.createElement('span'))
  if (isItem) button.setAttribute('role', 'menuitem')
  sayWords(button, words)
  return button
}

function sayWords(button: HTMLButtonElement, words: string | undefined): void {
  const shown = button.lastElementChild as HTMLElement
  shown.textContent = words ?? ''
  shown.hidden = words === undefined
  button.toggleAttribute('data-worded', words !== undefined)
}

/** Of many posts all say the same: made once, and copied. */
let mould: { words: string | undefined; isItem: boolean; button: HTMLButtonElement } | undefined

function copyOf(look: ActionLook): HTMLButtonElement {
  const { words, isItem = false } = look
  if (!mould?.button.firstChild || mould.words !== words || mould.isItem !== isItem)
    mould = { words, isItem, button: made(look) }
  return mould.button.cloneNode(true) as HTMLButtonElement
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
  const inner = copyOf(look)
  onPress(inner, press)
  root.append(inner)
  function name(label: string): void {
    inner.title = label
    inner.setAttribute('aria-label', label)
  }
  name(look.label)
  return {
    host,
    root,
    say({ label, words }) {
      name(label)
      sayWords(inner, words)
    },
    setDisabled: (isDisabled) => {
      inner.disabled = isDisabled
    },
  }
}
