import { browser } from 'wxt/browser'
import { defineBackground } from 'wxt/utils/define-background'
import { answer } from '../../lib/extension/messaging.ts'
import { onNotificationClick } from '../../lib/extension/notify.ts'
import { onPolicyChange } from '../../lib/extension/policy.ts'
import type { Protocol } from '../../lib/extension/protocol.ts'
import { openOwnPage } from '../../lib/extension/tabs.ts'
import { accountsOf } from '../../lib/store/accounts.ts'
import type { Answers } from './access.ts'
import { answers } from './answers.ts'
import { callerOf } from './caller.ts'
import { announce, listenForScreens } from './changes.ts'
import { log } from './log.ts'
import { isRoundAlarm } from './rounds.ts'
import { launchOnOpenPages, openHere, renewBadge } from './show.ts'
import { finishPrepared, launchEverywhere } from './switch-on.ts'
import { foresee, ready, rounds, store } from './worker.ts'

/** Scripts for a page that nothing in the store decides about: they need not wait for it. */
const SCRIPTS = new Set<keyof Protocol>(['openPanel', 'bringActions'])

function answerWith<K extends keyof Protocol>(question: K, give: Answers[K]): void {
  answer(question, (async ({ data, sender }: { data: Parameters<Protocol[K]>[0]; sender: unknown }) => {
    if (!SCRIPTS.has(question)) await ready()
    return give(data, callerOf(sender as Parameters<typeof callerOf>[0]))
  }) as Parameters<typeof answer<K>>[1])
}

/** After an update the browser has forgotten registrations, alarms and the badge. */
async function begin(look: () => Promise<void>): Promise<void> {
  await ready()
  await launchEverywhere()
  for (const { wwwroot } of await accountsOf(store)) await launchOnOpenPages(wwwroot).catch(() => undefined)
  renewBadge(store)
  await look()
}

export default defineBackground(() => {
  void ready()
  foresee()
  // Every account has drafts there, in their second place; scripts in pages have no business with them.
  void browser.storage.local.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
  for (const question of Object.keys(answers) as (keyof Protocol)[])
    answerWith(question, answers[question] as never)
  listenForScreens()
  log.note(undefined, { kind: 'start' })
  browser.runtime.onInstalled.addListener(() => void begin(rounds.tick))
  browser.runtime.onStartup.addListener(() => void begin(rounds.begin))
  browser.permissions.onAdded.addListener(() => void ready().then(finishPrepared))
  browser.permissions.onRemoved.addListener(() => void ready().then(launchEverywhere))
  onPolicyChange(() => {
    void ready().then(launchEverywhere)
    announce(store, { topics: ['settings', 'accounts'] })
  })
  onNotificationClick(() => void openOwnPage('/inbox.html', ''))
  browser.commands?.onCommand.addListener((command, tab) => {
    if (command === 'open-here' && tab?.id !== undefined) void openHere(tab.id)
  })
  browser.alarms.onAlarm.addListener(({ name }) => {
    if (isRoundAlarm(name)) void ready().then(rounds.tick)
  })
})
