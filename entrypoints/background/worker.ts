import { browser } from 'wxt/browser'
import { readPolicy } from '../../lib/extension/policy.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { t } from '../../lib/extension/text.ts'
import { openStore } from '../../lib/store/db.ts'
import { openSafely } from '../../lib/store/open.ts'
import { createEngine } from '../../lib/sync/engine.ts'
import { wakeDue } from '../../lib/sync/own-marks.ts'
import type { World } from '../../lib/sync/world.ts'
import { announce } from './changes.ts'
import { connect, connectByToken, siteClock } from './connect.ts'
import { log } from './log.ts'
import { createRounds } from './rounds.ts'
import { secondPlace } from './second-place.ts'
import { readSessions } from './sessions.ts'
import { renewBadge } from './show.ts'

/** The worker's parts, made once a start and handed to whoever answers. */
export const store = openStore()

let opened: Promise<unknown> | undefined

/** Nothing is asked of the store before it has what is kept in the second place. Where it cannot be opened, each says so. */
export function ready(): Promise<unknown> {
  opened ??= openSafely(store, secondPlace).catch(() => undefined)
  return opened
}

/** Asked for while the database opens, because whoever has woken the worker wants them next. */
export function foresee(): void {
  for (const reading of [readSessions(), readSettings()]) reading.catch(() => undefined)
}

export const world: World = {
  store,
  connect: (account) => connect(store, account),
  connectByToken: (account) => connectByToken(store, account),
  nowMs: Date.now,
  serverTime: siteClock.serverTime,
  clockOffset: ({ wwwroot }) => siteClock.offset(wwwroot),
  random: Math.random,
  holder: crypto.randomUUID(),
  exclusively: (name, work) =>
    navigator.locks.request(name, { ifAvailable: true }, async (lock) => (lock ? await work() : undefined)),
  inTurn: (name, work) => navigator.locks.request(name, work),
  changed(accountId, topics, conversationKey, gone) {
    const where = conversationKey === undefined ? {} : { conversationKey }
    announce(store, { accountId, topics, ...where, ...(gone ? { gone } : {}) })
    if (topics.includes('dialogues') || topics.includes('accounts') || topics.includes('sync'))
      renewBadge(store)
  },
  isOnline: () => navigator.onLine,
  retentionSeconds: async () => (await readSettings()).retentionDays * 86_400,
  dailyCap: async () => (await readPolicy()).messagesADayMax,
  severalPolicy: async () => (await readPolicy()).severalRecipients,
  language: () => browser.i18n.getUILanguage(),
  note: log.note,
  pause: (ms) => new Promise((done) => setTimeout(done, ms)),
}

export const engine = createEngine(world)
export const rounds = createRounds(store, engine, () => wakeDue(world))
export const words = () => ({
  openTheConversation: t('openConversation'),
  closed: (name: string) => t('closedSentence', name),
  reopened: (name: string) => t('reopenedSentence', name),
})
