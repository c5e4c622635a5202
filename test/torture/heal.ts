import { isUnsettled } from '../../lib/dialogue/outbox.ts'
import { isAsked } from '../../lib/dialogue/outbox-step.ts'
import { accountOf, OWNERS, type Owner, type Worker } from './browser.ts'
import { work } from './perform.ts'
import { answerQuestions } from './person.ts'
import { changedFor, entries, keyFor, type Rig } from './rig.ts'
import { LATEST } from './wire.ts'

const LONGEST = 8

function mend({ browser, site }: Rig): void {
  browser.wire.mend()
  browser.disk.writesUntilFull = 0
  site.setMaintenance(false)
  site.setMessaging(true)
}

async function isQuiet(rig: Rig, owner: Owner): Promise<boolean> {
  return !(await entries(rig, owner)).some((entry) => isUnsettled(entry) || entry.state === 'delivered')
}

async function turnOf(rig: Rig, owner: Owner): Promise<void> {
  const { browser } = rig
  browser.logIn(owner, true)
  const worker = browser.worker()
  // An answer of the site's says what time it is.
  if ((await entries(rig, owner)).some(({ sendAt }) => sendAt !== undefined))
    await work(worker, owner, 'round')
  await work(worker, owner, 'flush')
  if (!(await entries(rig, owner)).some(isAsked)) return
  await answerQuestions(rig, worker, owner)
  await work(worker, owner, 'flush')
}

/** Everything works again, time goes on, and each person logs in until nothing is left to send. */
export async function heal(rig: Rig): Promise<void> {
  mend(rig)
  rig.browser.kill()
  await rig.browser.wire.pass(LATEST + 1)
  for (let n = 0; n < LONGEST; n++) {
    const quiet = await Promise.all(OWNERS.map((owner) => isQuiet(rig, owner)))
    if (quiet.every(Boolean)) break
    for (const owner of OWNERS) await turnOf(rig, owner)
    await rig.browser.wire.pass(150)
  }
}

/** The conversations that something happened in are shown. */
export async function showWhatChanged(rig: Rig): Promise<void> {
  for (const owner of OWNERS) {
    const keys = new Set(changedFor(rig, owner).map((message) => keyFor(rig, message, owner)))
    if (keys.size === 0) continue
    rig.browser.logIn(owner, true)
    const { engine } = rig.browser.worker()
    for (const key of keys) {
      await engine.pull(accountOf(owner), key)
      await engine.older(accountOf(owner), key)
    }
  }
}

const SCREENFUL = 40

/** As a reader who scrolls from the newest message to the first one held, and rests on the way. */
async function scrollBack(rig: Rig, { engine }: Worker, accountId: string, key: string): Promise<void> {
  const rows = await rig.browser.eyes.messages.toArray()
  const ids = rows.filter((row) => row.accountId === accountId && row.key === key).map(({ id }) => id)
  for (let to = ids.length - 1; to >= 0; to -= SCREENFUL) {
    const fromId = ids[Math.max(0, to - SCREENFUL + 1)] ?? 0
    await engine.lookAgain(accountId, key, { fromId, toId: ids[to] ?? 0 })
  }
}

/** The first reading of everything, rounds with the slow one among them, and a look at each conversation. */
export async function showEverything(rig: Rig): Promise<void> {
  await rig.browser.wire.pass(310)
  for (const owner of OWNERS) {
    rig.browser.logIn(owner, true)
    const worker = rig.browser.worker()
    const accountId = accountOf(owner)
    await work(worker, owner, 'catchUp')
    await work(worker, owner, 'round')
    const rows = await rig.browser.eyes.conversations.toArray()
    const own = rows.filter((row) => row.accountId === accountId)
    for (const { key } of own) await worker.engine.pull(accountId, key)
    for (const { key } of own) await worker.engine.older(accountId, key)
    for (const { key } of own) await scrollBack(rig, worker, accountId, key)
    // How many are unread comes with a conversation: which of those that came in from further back, the next look tells.
    for (const { key } of own) await worker.engine.pull(accountId, key)
    await work(worker, owner, 'round')
  }
}
