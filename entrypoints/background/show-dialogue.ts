import { browser } from 'wxt/browser'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { tabsOf } from '../../lib/extension/sites.ts'
import { focusTab, openOwnPage } from '../../lib/extension/tabs.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { isLoggedIn } from './changes.ts'

/** In the panel of a page of that site, if one is open and its person logged in; else in the inbox. */
export async function showDialogue(account: AccountRow, ref: DialogueRef): Promise<void> {
  const tabs = (await isLoggedIn(account.wwwroot, account.userId)) ? await tabsOf(account.wwwroot) : []
  const tab = tabs.find(({ active }) => active) ?? tabs[0]
  if (!tab) return openOwnPage('/inbox.html', `#${encodeURIComponent(JSON.stringify(ref))}`)
  await focusTab(tab.id)
  await browser.tabs.sendMessage(tab.id, { open: ref }, { frameId: 0 }).catch(() => undefined)
}
