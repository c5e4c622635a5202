import { browser } from 'wxt/browser'

/** One notification an account, renewed instead of piled up; its id says where a click leads. */
const PREFIX = 'unread:'

export function canNotify(): Promise<boolean> {
  return browser.permissions.contains({ permissions: ['notifications'] })
}

export async function notify(accountId: string, title: string, message: string): Promise<void> {
  if (!(await canNotify())) return
  await browser.notifications.create(PREFIX + accountId, {
    type: 'basic',
    iconUrl: browser.runtime.getURL('/inbox.html').replace('inbox.html', 'icon/128.png'),
    title,
    message,
  })
}

/** A notification may name people; it goes with the account that it was for. */
export async function forgetNotice(accountId: string): Promise<void> {
  await browser.notifications?.clear(PREFIX + accountId)
}

/** Calls `clicked` with the account whose notification was clicked. The permission may come later than the worker. */
export function onNotificationClick(clicked: (accountId: string) => void): void {
  browser.notifications?.onClicked.addListener((id) => {
    if (!id.startsWith(PREFIX)) return
    clicked(id.slice(PREFIX.length))
    void browser.notifications.clear(id)
  })
}
