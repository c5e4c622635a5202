import { isUnsettled } from '../../lib/dialogue/outbox.ts'
import { threads } from '../../lib/dialogue/thread.ts'
import { NOWHERE } from '../../lib/store/messages.ts'
import type { MessageRow as Row } from '../../lib/store/rows.ts'
import { NEWEST } from '../../lib/sync/conversation.ts'
import type { Message } from '../moodle-simulator/types.ts'
import { accountOf, OWNERS, type Owner } from './browser.ts'
import { changedFor, entries, keyFor, messagesOf, type Rig } from './rig.ts'
import { type Line, marksIn } from './words.ts'

export interface Verdict {
  lost: string[]
  doubled: string[]
  wrong: string[]
}

async function textsInHands(rig: Rig): Promise<string[]> {
  const drafts = await rig.browser.eyes.drafts.toArray()
  const queued = await rig.browser.eyes.outbox.toArray()
  const texts = [...drafts, ...queued, ...[...rig.tabs.values()].map(({ draft }) => draft)]
  return texts.map(({ text }) => text)
}

function judgeLine(line: Line, copies: number, inHands: boolean, verdict: Verdict): void {
  const said = `${line.mark} of ${line.author} to ${line.conversationKey} (${line.fate}): ${copies} arrived, ${line.elsewhere} sent elsewhere, ${inHands ? '' : 'not '}in hands`
  const own = copies - line.elsewhere
  const mayBe = line.mayRepeat ? 2 : 1
  if (own > (line.fate === 'given up' ? 0 : mayBe)) verdict.doubled.push(said)
  // Without a key nobody can tell one's own words from one's own words.
  const arrived = own > 0 || (!line.hasLink && line.elsewhere > 0)
  const mustBe = line.fate === 'typed' || line.fate === 'sent' || line.fate === 'perhaps'
  if (mustBe && !arrived && !inHands) verdict.lost.push(said)
  const isBoth = line.fate === 'sent' && own > 0 && inHands && !line.savedLate && !line.mayRepeat
  if (isBoth || (line.fate === 'typed' && own > 0 && !line.mayRepeat)) verdict.doubled.push(`${said}, both`)
}

async function judgeLines(rig: Rig, verdict: Verdict): Promise<void> {
  const held = new Set((await textsInHands(rig)).flatMap(marksIn))
  const copies = new Map<string, number>()
  for (const message of rig.site.messages()) {
    for (const mark of marksIn(message.text)) {
      copies.set(mark, (copies.get(mark) ?? 0) + 1)
      const line = rig.words.lines.get(mark)
      const isRight =
        line?.author === message.useridfrom &&
        line.conversationKey === keyFor(rig, message, message.useridfrom)
      if (!isRight) verdict.wrong.push(`${mark} from ${message.useridfrom} in ${message.conversationid}`)
    }
  }
  for (const line of rig.words.lines.values())
    judgeLine(line, copies.get(line.mark) ?? 0, held.has(line.mark), verdict)
}

/** Whatever this computer's clock says. */
function judgeTimes(rig: Rig, verdict: Verdict): void {
  for (const { text, timecreated } of rig.site.messages())
    for (const { mark, notBefore, elsewhere, mayRepeat } of rig.words.of(text))
      if (notBefore !== undefined && timecreated < notBefore && elsewhere === 0 && !mayRepeat)
        verdict.wrong.push(`early: ${mark} at ${timecreated}, ${notBefore - timecreated} s before its time`)
}

/** Messages of one conversation arrive in the order in which they were written. */
function judgeOrder(rig: Rig, verdict: Verdict): void {
  const last = new Map<string, Line>()
  for (const message of rig.site.messages()) {
    for (const line of rig.words.of(message.text)) {
      if (line.turn === undefined || line.elsewhere > 0 || line.mayRepeat) continue
      const place = `${line.author} ${line.conversationKey}`
      const before = last.get(place)
      if (before?.turn !== undefined && before.turn > line.turn)
        verdict.wrong.push(`order: ${line.mark} after ${before.mark}`)
      last.set(place, line)
    }
  }
}

async function judgeQueue(rig: Rig, owner: Owner, verdict: Verdict): Promise<void> {
  for (const entry of await entries(rig, owner)) {
    if (isUnsettled(entry) || entry.state === 'delivered')
      verdict.wrong.push(
        `never settled: ${entry.state} ${entry.text} ${JSON.stringify(entry.trouble ?? null)}`,
      )
  }
}

const sorted = (ids: number[]): string => ids.toSorted((a, b) => a - b).join(' ')

/** What the store holds of each conversation, how it is filed, and what the list says of it. */
async function judgeStore(rig: Rig, owner: Owner, isThorough: boolean, verdict: Verdict): Promise<void> {
  const held = await rig.browser.eyes.messages
    .where(':id')
    .between([accountOf(owner)], [accountOf(owner), []])
    .toArray()
  const seen = isThorough ? [...messagesOf(rig, owner), ...held] : []
  const changed = changedFor(rig, owner).map((message) => keyFor(rig, message, owner))
  const keys = seen.map((each) => ('key' in each ? each.key : keyFor(rig, each, owner)))
  for (const key of new Set([...changed, ...keys])) {
    const rows = held.filter((row) => row.key === key)
    const there = messagesOf(rig, owner).filter((message) => keyFor(rig, message, owner) === key)
    const since = isThorough ? 0 : await heldSince(rig, owner, key)
    const isMeant = ({ id }: { id: number }) => id >= since
    judgeHeld(`${owner} ${key}`, rows.filter(isMeant), there.filter(isMeant), isThorough, verdict)
    if (isThorough) judgeUnread(`${owner} ${key}`, owner, rows, there, verdict)
    await judgeFiling(rig, owner, key, rows, verdict)
  }
}

/** What lies before it is read when somebody scrolls there; after it nothing may be missing. */
async function heldSince(rig: Rig, owner: Owner, key: string): Promise<number> {
  const row = await rig.browser.eyes.conversations.get([accountOf(owner), key])
  return row?.complete ? 0 : (row?.heldFromId ?? 0)
}

/** What was deleted elsewhere is noticed among the newest; what lies deeper, when somebody looks at it. */
function judgeHeld(
  place: string,
  rows: Row[],
  there: Message[],
  isThorough: boolean,
  verdict: Verdict,
): void {
  const ids = there.map(({ id }) => id)
  const readAgainFrom = isThorough ? 0 : (ids.toSorted((a, b) => b - a)[NEWEST - 1] ?? 0)
  const meant = rows.filter(({ id }) => id >= readAgainFrom || ids.includes(id))
  const [has, should] = [sorted(meant.map(({ id }) => id)), sorted(ids)]
  if (has !== should) verdict.wrong.push(`${place} holds [${has}], the site shows [${should}]`)
}

function judgeUnread(place: string, owner: Owner, rows: Row[], there: Message[], verdict: Verdict): void {
  const isRead = (message: Message) => message.useridfrom === owner || message.timeread.has(owner)
  const has = sorted(rows.filter((row) => row.unread === 1).map(({ id }) => id))
  const should = sorted(there.filter((message) => !isRead(message)).map(({ id }) => id))
  if (has !== should) verdict.wrong.push(`${place} unread [${has}], on the site [${should}]`)
}

async function judgeFiling(
  rig: Rig,
  owner: Owner,
  key: string,
  rows: Row[],
  verdict: Verdict,
): Promise<void> {
  const { eyes } = rig.browser
  const accountId = accountOf(owner)
  const conversation = await eyes.conversations.get([accountId, key])
  const filed = threads(rows, { complete: conversation?.complete ?? false })
  for (const row of rows) {
    const placement = filed.placements.get(row.id)
    const dialogueId = placement?.duplicate ? NOWHERE : placement?.dialogueId
    if (row.dialogueId !== dialogueId)
      verdict.wrong.push(`${owner} ${key} ${row.id} is filed under '${row.dialogueId}', not '${dialogueId}'`)
  }
  const records = (await eyes.dialogues.toArray()).filter((r) => r.accountId === accountId && r.key === key)
  const queued = (await entries(rig, owner)).filter((entry) => entry.conversationKey === key)
  const has = records.map(({ dialogueId }) => dialogueId).toSorted()
  const should = [...new Set([...filed.threads, ...queued].map(({ dialogueId }) => dialogueId))].toSorted()
  if (has.join() !== should.join())
    verdict.wrong.push(`${owner} ${key} lists [${has}], should list [${should}]`)
  for (const record of records) {
    const own = rows.filter(({ dialogueId }) => dialogueId === record.dialogueId)
    const unread = own.filter((row) => row.unread === 1).length
    if (record.unread !== unread)
      verdict.wrong.push(`${owner} ${key} ${record.dialogueId} says ${record.unread} unread, holds ${unread}`)
  }
}

/** Every refused or waiting entry is to be seen: its dialogue is in the list. */
async function judgeEntriesAreSeen(rig: Rig, owner: Owner, verdict: Verdict): Promise<void> {
  for (const { conversationKey, dialogueId } of await entries(rig, owner)) {
    const record = await rig.browser.eyes.dialogues.get([accountOf(owner), conversationKey, dialogueId])
    if (!record)
      verdict.wrong.push(`${owner} ${conversationKey} ${dialogueId} holds an entry and is not listed`)
  }
}

export async function judge(rig: Rig, isThorough: boolean): Promise<Verdict> {
  const verdict: Verdict = { lost: [], doubled: [], wrong: [] }
  await judgeLines(rig, verdict)
  judgeTimes(rig, verdict)
  judgeOrder(rig, verdict)
  for (const owner of OWNERS) {
    await judgeQueue(rig, owner, verdict)
    await judgeStore(rig, owner, isThorough, verdict)
    await judgeEntriesAreSeen(rig, owner, verdict)
  }
  return verdict
}
