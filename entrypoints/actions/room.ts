import { onPress, styleRoom } from './host.ts'

export interface Shown {
  /** In full: read aloud, and shown when pointed at. */
  label: string
  words: string
  isUnread: boolean
}

export interface Room {
  show(shown: Shown | undefined): void
}

/**
 * Room for a number, there with or without one: whatever a script of the page measures of an activity, and wherever it
 * moves the focus, it finds the same. The number is drawn by the style, in a font that is not the page's: words could
 * be searched for, and a font of the page's own would be told which digits it draws.
 */
export function addRoom(root: ShadowRoot, press: () => void): Room {
  const room = document.createElement('span')
  room.className = 'room'
  root.append(room)
  styleRoom(root)
  let pill: HTMLButtonElement | undefined

  function drawn(): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    onPress(button, press)
    room.append(button)
    return button
  }

  return {
    show(shown) {
      if (!shown) {
        pill?.remove()
        pill = undefined
        return
      }
      pill ??= drawn()
      pill.title = shown.label
      pill.setAttribute('aria-label', shown.label)
      pill.dataset.words = shown.words
      pill.toggleAttribute('data-unread', shown.isUnread)
    },
  }
}
