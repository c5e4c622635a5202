import { seen } from '../../lib/sync/mark-read.ts'
import type { Action, Task } from './actions.ts'
import { accountOf, type Owner, type Worker } from './browser.ts'
import {
  account,
  answerQuestions,
  changeEntry,
  closeTab,
  saveLate,
  send,
  type,
  writeAtOnce,
} from './person.ts'
import { attempt, ownerOf, type Rig } from './rig.ts'
import { textOf } from './words.ts'

type Do<Name extends Action['do']> = Extract<Action, { do: Name }>

export async function work(worker: Worker, owner: Owner, task: Task): Promise<void> {
  const { engine } = worker
  const accountId = accountOf(owner)
  if (task === 'pull') await attempt(worker, () => engine.pull(accountId, owner === 3 ? 'u5' : 'u3'))
  else if (task === 'round') await attempt(worker, () => engine.round(accountId))
  else await attempt(worker, () => engine[task](accountId))
}

/** A dialogue is opened, and what is unread in it counts as read. */
async function read(rig: Rig, worker: Worker, owner: Owner): Promise<void> {
  const row = await account(rig, owner)
  const unread = (await rig.browser.eyes.messages.toArray()).filter(
    (message) => message.accountId === row.id && message.unread === 1,
  )
  const first = unread[0]
  if (!first) return
  const shown = unread.filter(({ key, dialogueId }) => key === first.key && dialogueId === first.dialogueId)
  await attempt(worker, async () => {
    const ids = shown.map(({ id }) => id)
    await seen(worker.world, row, first.key, ids)
    await worker.engine.tellReads(row.id)
  })
}

async function doomed(rig: Rig, action: Do<'doomed'>): Promise<void> {
  const worker = rig.browser.start(action.awaits)
  await perform(rig, worker, action.action)
  if (worker.life.isDead) rig.deaths++
  worker.life.end()
}

async function together(rig: Rig, worker: Worker, action: Do<'together'>): Promise<void> {
  const other = action.workers === 2 ? rig.browser.start() : worker
  await Promise.all(action.actions.map((each, i) => perform(rig, i % 2 === 0 ? worker : other, each)))
  if (other !== worker) other.life.end()
}

function otherSide(rig: Rig, action: Do<'other side'>): void {
  const from = [6, 3, 5][action.from] ?? 6
  const to = [3, 5][action.to] ?? 3
  if (from === to) return
  for (let n = 0; n < action.count; n++) {
    rig.site.say({ from, to, text: `<p>Other ${n}</p>` })
    if (n % 3 === 2) rig.site.clock.advance(1)
  }
}

/** The author sends the very same words from a telephone. */
function sameWords(rig: Rig, action: Do<'same words elsewhere'>): void {
  const lines = [...rig.words.lines.values()].filter(({ fate }) => fate === 'sent' || fate === 'perhaps')
  const line = lines[action.line % lines.length]
  if (!line) return
  const { author, conversationKey } = line
  line.elsewhere++
  const text = `<p>${textOf(line)}</p>`
  if (conversationKey.startsWith('g')) rig.site.sayIn(Number(conversationKey.slice(1)), author, text)
  else
    rig.site.say({
      from: author,
      to: conversationKey === 'self' ? author : Number(conversationKey.slice(1)),
      text,
    })
}

/** In Moodle's own page, something that this computer has seen already. */
async function deleteOwn(rig: Rig, action: Do<'delete own'>): Promise<void> {
  const owner = ownerOf(action.who)
  const rows = await rig.browser.eyes.messages.toArray()
  const own = rows.filter((row) => row.accountId === accountOf(owner) && row.authorId === owner)
  const row = own.at(-1 - action.message)
  if (row) rig.site.state.messages.get(row.id)?.deleted.add(owner)
}

function change(rig: Rig, { do: name, on }: Do<'maintenance' | 'messaging' | 'privacy' | 'block'>): void {
  const { site } = rig
  if (name === 'maintenance') site.setMaintenance(on)
  else if (name === 'messaging') site.setMessaging(!on)
  else if (name === 'privacy') site.setPrivacy(6, on ? 1 : 0)
  else if (on) site.block(6, 5)
  else site.unblock(6, 5)
}

async function around(rig: Rig, action: Action): Promise<void> {
  const { browser, site } = rig
  switch (action.do) {
    case 'kill':
      return browser.kill()
    case 'trap':
      return void browser.wire.trap(action.trap)
    case 'disk full':
      browser.disk.writesUntilFull = action.after
      return
    case 'log in':
      return browser.logIn(action.as, action.pageIsSeen)
    case 'session ends':
      for (const who of [3, 5]) site.expireSessions(who)
      return
    case 'clock':
      return browser.jump(action.days)
    case 'wait':
      return browser.wire.pass(action.seconds)
    case 'other side':
      return otherSide(rig, action)
    case 'same words elsewhere':
      return sameWords(rig, action)
    case 'delete own':
      return deleteOwn(rig, action)
  }
}

/** Does one action; what cannot be done where things stand is left out. */
export async function perform(rig: Rig, worker: Worker, action: Action): Promise<void> {
  switch (action.do) {
    case 'type':
      return type(rig, worker, action)
    case 'write':
      return writeAtOnce(rig, worker, action)
    case 'send':
      return send(rig, worker, action)
    case 'close tab':
      return closeTab(rig, action)
    case 'save late':
      return saveLate(rig, worker, action)
    case 'take back':
    case 'drop':
    case 'edit':
    case 'send now':
      return changeEntry(rig, worker, action)
    case 'answer the question':
      return answerQuestions(rig, worker, ownerOf(action.who))
    case 'work':
      return work(worker, ownerOf(action.who), action.task)
    case 'doomed':
      return doomed(rig, action)
    case 'together':
      return together(rig, worker, action)
    case 'read':
      return read(rig, worker, ownerOf(action.who))
    case 'maintenance':
    case 'messaging':
    case 'privacy':
    case 'block':
      return change(rig, action)
    default:
      return around(rig, action)
  }
}
