import { compose, isBlank, MESSAGE_BYTES } from '../dialogue/compose.ts'
import {
  type ConversationKey,
  type DialogueId,
  type DialogueRef,
  GENERAL,
  SELF,
  withPerson,
} from '../dialogue/dialogue.ts'
import type { Draft } from '../dialogue/draft.ts'
import { newKey } from '../dialogue/key.ts'
import { cleanSubject, type LinkToWrite } from '../dialogue/link.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { coursePageUrl, messagePageUrl } from '../dialogue/page.ts'
import { signed } from '../dialogue/signature.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { changeConversation } from '../store/conversations.ts'
import { inOneStep } from '../store/db.ts'
import { draftToOutbox } from '../store/drafts.ts'
import { keyOfOtherWords } from '../store/ledger.ts'
import { putPeople } from '../store/people.ts'
import { putPlace } from '../store/places.ts'
import { rethread } from '../store/rethread.ts'
import type { AccountRow, DialogueRecord } from '../store/rows.ts'
import type { World } from './world.ts'

/** Words that go into messages, in the sender's language. */
export interface Words {
  openTheConversation: string
  /** "Tara closed this dialogue." */
  closed(name: string): string
  reopened(name: string): string
}

/** Never a bare link: whoever reads it elsewhere sees what was done, and by whom. */
function sentenceOf({ does }: Draft, { fullName }: AccountRow, words: Words): { sentence?: string } {
  if (does === undefined) return {}
  return { sentence: does === 'close' ? words.closed(fullName) : words.reopened(fullName) }
}

interface Place {
  conversationKey: ConversationKey
  dialogueId: DialogueId
  link?: LinkToWrite
}

function placeOf(draft: Draft, me: number): ConversationKey | undefined {
  if (draft.conversationKey) return draft.conversationKey
  if (!draft.to) return undefined
  return draft.to.id === me ? SELF : withPerson(draft.to.id)
}

async function hasSubjects(world: World, accountId: string, key: ConversationKey): Promise<boolean> {
  const records = world.store.dialogues.where(':id').between([accountId, key, ''], [accountId, key, '\uffff'])
  return (await records.filter(({ dialogueId }) => dialogueId !== GENERAL).count()) > 0
}

function opening(account: AccountRow, draft: Draft, dialogueId: DialogueId, subject: string): LinkToWrite {
  const courseId = draft.about?.courseId
  const coursePage =
    courseId === undefined ? messagePageUrl(account.wwwroot) : coursePageUrl(account.wwwroot, courseId)
  return {
    url: draft.about?.url ?? coursePage,
    dialogueId,
    m: draft.messageKey,
    does: 'open',
    subject,
    ...(courseId === undefined ? {} : { courseId }),
    ...(draft.repliesExpected === false ? { repliesExpected: false } : {}),
  }
}

function answering(account: AccountRow, draft: Draft, record: DialogueRecord): LinkToWrite {
  return {
    url: record.url ?? messagePageUrl(account.wwwroot),
    dialogueId: record.dialogueId,
    m: draft.messageKey,
    does: draft.does ?? 'reply',
    subject: record.subject ?? '',
    ...(record.courseId === undefined ? {} : { courseId: record.courseId }),
  }
}

async function inGeneral(
  world: World,
  account: AccountRow,
  draft: Draft,
  key: ConversationKey,
  words: Words,
): Promise<Place> {
  const place = { conversationKey: key, dialogueId: GENERAL }
  if (!(await hasSubjects(world, account.id, key))) return place
  const url = messagePageUrl(account.wwwroot)
  return {
    ...place,
    link: {
      url,
      dialogueId: GENERAL,
      m: draft.messageKey,
      does: 'reply',
      subject: words.openTheConversation,
    },
  }
}

/** Which dialogue the words belong to, and the link that says so. */
async function placed(
  world: World,
  account: AccountRow,
  draft: Draft,
  words: Words,
): Promise<Place | undefined> {
  const key = placeOf(draft, account.userId)
  if (key === undefined) return undefined
  if (draft.dialogueId && draft.dialogueId !== GENERAL) {
    const record = await world.store.dialogues.get([account.id, key, draft.dialogueId])
    if (record)
      return { conversationKey: key, dialogueId: draft.dialogueId, link: answering(account, draft, record) }
  }
  const subject = cleanSubject(draft.subject ?? '')
  if (subject === '' || draft.dialogueId === GENERAL) return inGeneral(world, account, draft, key, words)
  const dialogueId = newKey(world.random)
  return { conversationKey: key, dialogueId, link: opening(account, draft, dialogueId, subject) }
}

function signedText({ text, signature }: Draft): string {
  return signed(text, signature)
}

/** Bytes of the message as it would be sent. */
export async function measure(
  world: World,
  account: AccountRow,
  draft: Draft,
  words: Words,
): Promise<number> {
  const to = draft.to ?? { id: 0, fullName: '' }
  const place = await placed(world, account, { ...draft, to }, words)
  const sentence = sentenceOf(draft, account, words)
  return compose({ text: signedText(draft), ...sentence, ...(place?.link ? { link: place.link } : {}) }).bytes
}

function refusal(draft: Draft, bytes: number): Trouble | undefined {
  if (isBlank(draft.text) && !draft.does) return { kind: 'empty', mender: 'person' }
  if (bytes > MESSAGE_BYTES) return { kind: 'too-long', mender: 'person' }
  return undefined
}

function entryFrom(
  world: World,
  account: AccountRow,
  draft: Draft,
  place: Place,
  html: string,
  undoSeconds: number,
): Omit<OutboxEntry, 'position'> {
  const { link } = place
  const hasSubject = link !== undefined && link.dialogueId !== GENERAL
  return {
    key: draft.messageKey,
    accountId: account.id,
    conversationKey: place.conversationKey,
    dialogueId: place.dialogueId,
    text: draft.text,
    html,
    hasLink: link !== undefined,
    ...(hasSubject ? { subject: link.subject, aboutUrl: link.url } : {}),
    ...(draft.about ? { aboutName: draft.about.name } : {}),
    ...(draft.repliesExpected === false ? { repliesExpected: false } : {}),
    ...(draft.does ? { does: draft.does } : {}),
    ...(draft.signature === undefined ? {} : { signature: draft.signature }),
    ...(draft.sendAt === undefined ? {} : { sendAt: draft.sendAt }),
    ...(link?.courseId === undefined ? {} : { courseId: link.courseId }),
    state: 'written',
    timeWritten: world.serverTime(account),
    notBeforeMs: world.nowMs() + undoSeconds * 1000,
    writtenMs: world.nowMs(),
    attempts: 0,
    looks: 0,
  }
}

export type Written = { entry: OutboxEntry; ref: DialogueRef } | Trouble

/** Puts a draft into the outbox; what cannot be sent is refused before anything moves. */
export async function write(
  world: World,
  account: AccountRow,
  draft: Draft,
  undoSeconds: number,
  words: Words,
): Promise<Written> {
  const asking = { world, account, draft, undoSeconds, words }
  let key = draft.messageKey
  let written = await inOneStep(world.store, () => writeDown(asking, key))
  // The key belongs to other words, which may be under way: these are another message.
  while (!written) {
    key = keyOfOtherWords(key, draft.text)
    written = await inOneStep(world.store, () => writeDown(asking, key))
  }
  if ('entry' in written)
    world.changed(account.id, ['outbox', 'dialogues', 'thread', 'drafts'], written.entry.conversationKey)
  return written
}

interface Asking {
  world: World
  account: AccountRow
  draft: Draft
  undoSeconds: number
  words: Words
}

async function writeDown(asking: Asking, messageKey: string): Promise<Written | undefined> {
  const { world, account, undoSeconds, words } = asking
  const draft = { ...asking.draft, messageKey }
  const place = await placed(world, account, draft, words)
  if (!place) return { kind: 'unknown', mender: 'person' }
  // Only what has a subject can be closed.
  if (draft.does && (!place.link || place.dialogueId === GENERAL))
    return { kind: 'unknown', mender: 'person' }
  const sentence = sentenceOf(draft, account, words)
  const { html, bytes } = compose({
    text: signedText(draft),
    ...sentence,
    ...(place.link ? { link: place.link } : {}),
  })
  const trouble = refusal(draft, bytes)
  if (trouble) return trouble
  const made = entryFrom(world, account, draft, place, html, undoSeconds)
  const entry = await draftToOutbox(world.store, asking.draft, made)
  if (!entry) return undefined
  await keepAround(world, account, draft, entry.conversationKey)
  const { conversationKey, dialogueId } = entry
  return { entry, ref: { accountId: account.id, conversationKey, dialogueId } }
}

async function keepAround(
  { store }: World,
  account: AccountRow,
  { to, about }: Draft,
  key: ConversationKey,
): Promise<void> {
  if (to) await putPeople(store, account.id, [to])
  if (about?.name) await putPlace(store, account.id, about.url, about.name)
  await changeConversation(store, account.id, key, to ? { memberIds: [to.id] } : {})
  await rethread(store, account, key)
}
