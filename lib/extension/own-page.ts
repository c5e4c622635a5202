import { browser } from 'wxt/browser'

/** Whether this script runs in a page of the extension, and not in one of a site. */
export function isOwnPage(): boolean {
  return location.href.startsWith(browser.runtime.getURL('/'))
}
