import { personOf, SELF } from '../dialogue/dialogue.ts'
import { answerDraftKey, type Draft } from '../dialogue/draft.ts'
import { newKey } from '../dialogue/key.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import { messagesOfDialogue } from '../store/messages.ts'
import { peopleOf } from '../store/people.ts'
import type { AccountRow } from '../store/rows.ts'
import type { World } from './world.ts'

/** A first message taken back leaves no dialogue behind: it is a new one again, with its subject and its page. */
async function asNew(
  world: World,
  account: AccountRow,
  entry: OutboxEntry,
): Promise<Partial<Draft> | undefined> {
  const { conversationKey, dialogueId, subject, aboutUrl, aboutName, courseId } = entry
  const held = await messagesOfDialogue(world.store, account.id, conversationKey, dialogueId)().count()
  const personId = conversationKey === SELF ? account.userId : personOf(conversationKey)
  if (held > 0 || subject === undefined || personId === undefined) return undefined
  const to = (await peopleOf(world.store, account.id, [personId])).get(personId)
  const about = aboutUrl && aboutName ? { url: aboutUrl, name: aboutName } : undefined
  return {
    subject,
    ...(to ? { to } : {}),
    ...(about ? { about: { ...about, ...(courseId === undefined ? {} : { courseId }) } } : {}),
    ...(entry.repliesExpected === false ? { repliesExpected: false } : {}),
    ...(entry.signature === undefined ? {} : { signature: entry.signature }),
  }
}

/** The draft that an entry was, with a new key: what is sent from it is another message. */
export async function draftFrom(world: World, account: AccountRow, entry: OutboxEntry): Promise<Draft> {
  const { accountId, conversationKey, dialogueId, text } = entry
  const messageKey = newKey(world.random)
  const draft = { accountId, text, timeChanged: world.serverTime(account), messageKey }
  const begun = await asNew(world, account, entry)
  if (begun) return { ...draft, ...begun, key: `new/${entry.key}` }
  return { ...draft, key: answerDraftKey(conversationKey, dialogueId), conversationKey, dialogueId }
}
