import { GENERAL, SELF, withPerson } from '../../lib/dialogue/dialogue.ts'
import { answerDraftKey, type Draft } from '../../lib/dialogue/draft.ts'
import { isAsked } from '../../lib/dialogue/outbox-step.ts'
import { saveDraft } from '../../lib/store/drafts.ts'
import { moveEntry } from '../../lib/store/outbox.ts'
import type { AccountRow } from '../../lib/store/rows.ts'
import { drop, personSays, takeBack } from '../../lib/sync/take-back.ts'
import { write } from '../../lib/sync/write.ts'
import type { Action } from './actions.ts'
import { accountOf, type Owner, type Worker } from './browser.ts'
import { attempt, entries, freshKey, ownerOf, type Rig, type Tab, tabName, tabsOf } from './rig.ts'
import { WWWROOT } from './site.ts'
import { type Line, marksIn, textOf } from './words.ts'

const WORDS = {
  openTheConversation: 'Open the conversation',
  closed: (name: string) => `${name} closed this dialogue.`,
  reopened: (name: string) => `${name} reopened this dialogue.`,
}
const essay = { url: `${WWWROOT}/mod/assign/view.php?id=3`, name: 'Essay 1', courseId: 2, cmid: 3 }

type Do<Name extends Action['do']> = Extract<Action, { do: Name }>

export async function account(rig: Rig, owner: Owner): Promise<AccountRow> {
  const row = await rig.browser.eyes.accounts.get(accountOf(owner))
  if (!row) throw new Error('the account is gone')
  return row
}

function placesOf(rig: Rig, owner: Owner): string[] {
  return [withPerson(owner === 3 ? 5 : 3), withPerson(6), SELF, rig.site.groupKey]
}

async function knownDialogue(rig: Rig, owner: Owner, conversationKey: string): Promise<string> {
  const rows = await rig.browser.eyes.dialogues.toArray()
  const here = rows.filter((row) => row.accountId === accountOf(owner) && row.key === conversationKey)
  return here.find(({ dialogueId }) => dialogueId !== GENERAL)?.dialogueId ?? GENERAL
}

async function emptyDraft(rig: Rig, owner: Owner, action: Do<'type' | 'write'>): Promise<Draft> {
  const conversationKey = placesOf(rig, owner)[action.place] ?? SELF
  const isNew = action.how === 'subject' && conversationKey.startsWith('u')
  const shared = { accountId: accountOf(owner), text: '', timeChanged: 0, messageKey: freshKey(rig) }
  if (isNew) {
    const id = Number(conversationKey.slice(1))
    const subject = `Subject ${rig.turn}`
    return { ...shared, key: 'new/0/0', to: { id, fullName: `Person ${id}` }, subject, about: essay }
  }
  const dialogueId = action.how === 'answer' ? await knownDialogue(rig, owner, conversationKey) : GENERAL
  return { ...shared, key: answerDraftKey(conversationKey, dialogueId), conversationKey, dialogueId }
}

const conversationOf = (draft: Draft): string => draft.conversationKey ?? withPerson(draft.to?.id ?? 0)

/** What is shown when the box is opened again; lines that were saved late have been sent, others are being sent: the person strikes them out. */
function reopened(rig: Rig, stored: Draft): Draft {
  const lines = rig.words
    .of(stored.text)
    .filter(({ mark, savedLate }) => !savedLate && !rig.leaving.has(mark))
  for (const line of lines) Object.assign(line, { fate: 'typed', turn: undefined })
  return { ...stored, text: lines.map(textOf).join('\n\n') }
}

function add(draft: Draft, line: Line): Draft {
  return { ...draft, text: draft.text === '' ? textOf(line) : `${draft.text}\n\n${textOf(line)}` }
}

/** As the panel does it: a revision of its own, and those that its words took up. */
function toStore(rig: Rig, { basedOn = [], revision, ...draft }: Draft): Draft {
  const known = revision === undefined ? basedOn : [...basedOn, revision]
  return { ...draft, revision: freshKey(rig), basedOn: known }
}

export async function type(rig: Rig, worker: Worker, action: Do<'type'>): Promise<void> {
  const tab = await typeLine(rig, action)
  if (!tab || !action.save) return
  const draft = toStore(rig, tab.draft)
  rig.tabs.set(tabName(tab.owner, draft.key), { ...tab, draft })
  await attempt(worker, () => saveDraft(worker.world.store, draft))
}

export async function writeAtOnce(rig: Rig, worker: Worker, action: Do<'write'>): Promise<void> {
  const tab = await typeLine(rig, action)
  if (tab) await sendTab(rig, worker, tab, action.undoSeconds, action.later)
}

/** While it is being sent, a box takes nothing. */
const isLeaving = (rig: Rig, text: string): boolean => marksIn(text).some((mark) => rig.leaving.has(mark))

async function typeLine(rig: Rig, action: Do<'type' | 'write'>): Promise<Tab | undefined> {
  const owner = ownerOf(action.who)
  const fresh = await emptyDraft(rig, owner, action)
  const name = tabName(owner, fresh.key)
  const open = rig.tabs.get(name)?.draft
  const stored = open ? undefined : await rig.browser.eyes.drafts.get([accountOf(owner), fresh.key])
  if (isLeaving(rig, open?.text ?? '')) return undefined
  const draft = open ?? (stored ? reopened(rig, stored) : fresh)
  // What is changed after nobody knew whether it was taken is another message, which repeats the first.
  rig.words.change(draft.text, ({ fate, mayRepeat }) => ({ mayRepeat: mayRepeat || fate === 'perhaps' }))
  const tab = { owner, draft: add(draft, rig.words.type(owner, conversationOf(draft))) }
  rig.tabs.set(name, tab)
  // "Send" takes what is typed in the same breath; nobody types between.
  if (action.do === 'write') for (const mark of marksIn(tab.draft.text)) rig.leaving.add(mark)
  return tab
}

async function sendTab(rig: Rig, worker: Worker, tab: Tab, undoSeconds: number, later = 0): Promise<void> {
  const marks = marksIn(tab.draft.text)
  for (const mark of marks) rig.leaving.add(mark)
  await sendWords(rig, worker, tab, undoSeconds, later)
  for (const mark of marks) rig.leaving.delete(mark)
}

/** The box shows again what was not taken. */
function notTaken(rig: Rig, { owner, draft }: Tab): void {
  rig.words.change(draft.text, { fate: 'perhaps' })
  const open = rig.tabs.get(tabName(owner, draft.key))?.draft
  const there = new Set(marksIn(open?.text ?? ''))
  const rest = rig.words.of(draft.text).filter(({ mark }) => !there.has(mark))
  rig.tabs.set(tabName(owner, draft.key), { owner, draft: open ? rest.reduce(add, open) : draft })
}

async function sendWords(
  rig: Rig,
  worker: Worker,
  tab: Tab,
  undoSeconds: number,
  later: number,
): Promise<void> {
  const { owner, draft } = tab
  const row = await account(rig, owner)
  // What is put off lets others pass.
  const turn = later > 0 ? undefined : rig.turn
  const sendAt = later > 0 ? rig.site.clock.now() + later : undefined
  const putOff = sendAt === undefined ? draft : { ...draft, sendAt }
  rig.words.change(draft.text, ({ fate }) => ({ notBefore: fate === 'typed' ? sendAt : undefined }))
  const outcome = await attempt(worker, () => write(worker.world, row, putOff, undoSeconds, WORDS))
  if ('value' in outcome && !('entry' in outcome.value)) return
  rig.sends++
  if (!('value' in outcome)) return notTaken(rig, tab)
  const { hasLink } = 'entry' in outcome.value ? outcome.value.entry : { hasLink: false }
  rig.words.change(draft.text, ({ fate }) => ({
    fate: 'sent',
    hasLink,
    turn: fate === 'typed' ? turn : undefined,
  }))
  emptied(rig, tab)
  rig.sentDrafts.push(tab)
}

/** What was sent leaves the box; what came back into it meanwhile stays. */
function emptied(rig: Rig, { owner, draft }: Tab): void {
  const name = tabName(owner, draft.key)
  const open = rig.tabs.get(name)
  const sent = new Set(marksIn(draft.text))
  const rest = rig.words.of(open?.draft.text ?? '').filter(({ mark }) => !sent.has(mark))
  if (!open || rest.length === 0) rig.tabs.delete(name)
  else rig.tabs.set(name, { owner, draft: rest.reduce(add, { ...open.draft, text: '' }) })
}

export async function send(rig: Rig, worker: Worker, action: Do<'send'>): Promise<void> {
  const tabs = tabsOf(rig, ownerOf(action.who)).filter(
    ({ draft }) => draft.text !== '' && !isLeaving(rig, draft.text),
  )
  const tab = tabs[action.tab % tabs.length]
  if (tab) await sendTab(rig, worker, tab, action.undoSeconds)
}

export async function closeTab(rig: Rig, action: Do<'close tab'>): Promise<void> {
  const owner = ownerOf(action.who)
  const tabs = tabsOf(rig, owner)
  const tab = tabs[action.tab % tabs.length]
  if (!tab) return
  const stored = await rig.browser.eyes.drafts.get([accountOf(owner), tab.draft.key])
  const saved = new Set(marksIn(stored?.text ?? ''))
  rig.words.change(tab.draft.text, ({ mark, fate }) => {
    if (saved.has(mark)) return {}
    return { fate: fate === 'typed' ? 'given up' : 'perhaps given up' }
  })
  rig.tabs.delete(tabName(owner, tab.draft.key))
}

/** Another tab held the draft that was sent from this one, and saves it only now. */
export async function saveLate(rig: Rig, worker: Worker, action: Do<'save late'>): Promise<void> {
  const tab = rig.sentDrafts.at(-1)
  if (!tab || rig.tabs.has(tabName(tab.owner, tab.draft.key))) return
  const stored = await rig.browser.eyes.drafts.get([tab.draft.accountId, tab.draft.key])
  if (stored) return
  rig.words.change(tab.draft.text, { savedLate: true })
  const late = toStore(rig, tab.draft)
  if (!action.typedOn) return void (await attempt(worker, () => saveDraft(worker.world.store, late)))
  const line = rig.words.type(tab.owner, conversationOf(tab.draft))
  const outcome = await attempt(worker, () => saveDraft(worker.world.store, add(late, line)))
  if (!('value' in outcome)) line.fate = 'perhaps given up'
}

/** Words that come back stand before what was typed meanwhile. */
function showAgain(rig: Rig, owner: Owner, returned: Draft, taken: string): Tab {
  rig.words.change(taken, { savedLate: false })
  const draft = reopened(rig, returned)
  const back = new Set(marksIn(draft.text))
  const open = rig.tabs.get(tabName(owner, draft.key))
  const rest = rig.words
    .of(open?.draft.text ?? '')
    .filter(({ mark }) => !back.has(mark) && !rig.leaving.has(mark))
  const tab = { owner, draft: rest.reduce(add, draft) }
  rig.tabs.set(tabName(owner, draft.key), tab)
  return tab
}

/** What stands in other drafts: another tab that saved late has its own, and what is taken back does not join it. */
async function marksBeside(rig: Rig, { accountId, key }: Draft): Promise<Set<string>> {
  const drafts = await rig.browser.eyes.drafts.toArray()
  const others = drafts.filter((other) => other.accountId !== accountId || other.key !== key)
  return new Set(others.flatMap(({ text }) => marksIn(text)))
}

export async function changeEntry(
  rig: Rig,
  worker: Worker,
  action: Do<'take back' | 'drop' | 'edit' | 'send now'>,
): Promise<void> {
  const owner = ownerOf(action.who)
  const all = await entries(rig, owner)
  const entry = all[action.entry % all.length]
  if (!entry) return
  const row = await account(rig, owner)
  rig.words.change(entry.text, { notBefore: undefined })
  if (action.do === 'drop') return dropEntry(rig, worker, row, entry)
  const now = { kind: 'send-now' as const }
  if (action.do === 'send now')
    return void (await attempt(worker, () => moveEntry(worker.world.store, row.id, entry.key, now)))
  const outcome = await attempt(worker, () => takeBack(worker.world, row, entry.key))
  const draft = 'value' in outcome ? outcome.value : undefined
  if (!draft) return
  const tab = showAgain(rig, owner, draft, entry.text)
  const elsewhere = await marksBeside(rig, draft)
  rig.words.change(entry.text, ({ mark }) => (elsewhere.has(mark) ? { savedLate: true } : {}))
  // Words that were not taken may have come back into the box meanwhile.
  const open = rig.tabs.get(tabName(owner, draft.key)) ?? tab
  if (action.do === 'edit' && !isLeaving(rig, open.draft.text))
    await sendTab(rig, worker, rewritten(rig, open), 0)
}

async function dropEntry(
  rig: Rig,
  worker: Worker,
  row: AccountRow,
  { key, text }: { key: string; text: string },
) {
  const outcome = await attempt(worker, () => drop(worker.world, row, key))
  if (!('value' in outcome)) rig.words.change(text, { fate: 'perhaps given up' })
  else if (outcome.value) rig.words.change(text, { fate: 'given up' })
}

/** The person writes the first line anew. */
function rewritten(rig: Rig, { owner, draft }: Tab): Tab {
  const [first, ...rest] = rig.words.of(draft.text)
  if (first) first.fate = 'given up'
  const line = rig.words.type(owner, conversationOf(draft))
  const tab = { owner, draft: rest.reduce(add, add({ ...draft, text: '' }, line)) }
  rig.tabs.set(tabName(owner, draft.key), tab)
  return tab
}

/** Whoever is asked looks at Moodle for the whole of it, since a part may have come from a telephone, and says what is true. */
export async function answerQuestions(rig: Rig, worker: Worker, owner: Owner): Promise<void> {
  const row = await account(rig, owner)
  for (const entry of (await entries(rig, owner)).filter(isAsked)) {
    const marks = marksIn(entry.text)
    const arrived = rig.site
      .messages()
      .some(({ text }) => marks.every((mark) => marksIn(text).includes(mark)))
    await attempt(worker, () => personSays(worker.world, row, entry.key, arrived))
  }
}
