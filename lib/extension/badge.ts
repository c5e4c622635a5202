import { browser } from 'wxt/browser'

export interface BadgeState {
  unread: number
  /** The person must act somewhere. */
  reason?: string
  signedOut: boolean
  title: string
}

const ACCENT = '#0f6cbf'
const GREY = '#6a737b'
const ATTENTION = '#b3361b'

function textOf({ unread, reason, signedOut }: BadgeState): string {
  if (reason) return '!'
  // A grey mark without a number: the person is logged out and nothing can come.
  if (unread === 0) return signedOut ? ' ' : ''
  return unread > 99 ? '99+' : String(unread)
}

function colourOf({ reason, signedOut }: BadgeState): string {
  if (reason) return ATTENTION
  return signedOut ? GREY : ACCENT
}

let shown = ''

/** Asks the browser only for what is new; a new worker does not know and asks once. */
export async function showBadge(state: BadgeState): Promise<void> {
  const now = JSON.stringify(state)
  if (now === shown) return
  shown = now
  await Promise.all([
    browser.action.setBadgeText({ text: textOf(state) }),
    browser.action.setBadgeBackgroundColor({ color: colourOf(state) }),
    browser.action.setBadgeTextColor({ color: '#ffffff' }),
    browser.action.setTitle({ title: state.reason ? `${state.title}: ${state.reason}` : state.title }),
  ])
}
