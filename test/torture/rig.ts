import { SELF, withGroup, withPerson } from '../../lib/dialogue/dialogue.ts'
import type { Draft } from '../../lib/dialogue/draft.ts'
import { newKey } from '../../lib/dialogue/key.ts'
import { entriesOf } from '../../lib/store/outbox.ts'
import { GROUP, type Message } from '../moodle-simulator/types.ts'
import { accountOf, type Browser, OWNERS, type Owner, openBrowser, type Worker } from './browser.ts'
import { openSite, type Site } from './site.ts'
import { createWords, type Words } from './words.ts'

/** An answer box on a screen: what it shows is in its author's hands. */
export interface Tab {
  owner: Owner
  draft: Draft
}

export interface Rig {
  site: Site
  browser: Browser
  words: Words
  tabs: Map<string, Tab>
  /** As they were when they were sent. */
  sentDrafts: Tab[]
  /** The marks of what is being sent at this moment. */
  leaving: Set<string>
  /** Counts the actions; what is written at once has the same turn. */
  turn: number
  /** The newest message of the school's past. */
  lastBefore: number
  sends: number
  deaths: number
}

export const ownerOf = (who: number): Owner => OWNERS[who === 0 ? 0 : 1]
export const tabName = (owner: Owner, draftKey: string): string => `${owner} ${draftKey}`
export const tabsOf = (rig: Rig, owner: Owner): Tab[] =>
  [...rig.tabs.values()].filter((tab) => tab.owner === owner)
export const freshKey = (rig: Rig): string => newKey(rig.browser.random)
export const entries = (rig: Rig, owner: Owner) => entriesOf(rig.browser.eyes, accountOf(owner))

/** What a person sees in Moodle. */
export function messagesOf({ site }: Rig, viewer: number): Message[] {
  return site
    .messages()
    .filter(({ conversationid }) => site.state.conversations.get(conversationid)?.members.has(viewer))
    .filter(({ deleted }) => !deleted.has(viewer))
}

/** … and what of it came since the school began. */
export function changedFor(rig: Rig, viewer: number): Message[] {
  return messagesOf(rig, viewer).filter(({ id }) => id > rig.lastBefore)
}

export function keyFor({ site }: Rig, message: Message, viewer: number): string {
  const conversation = site.state.conversations.get(message.conversationid)
  if (conversation?.type === GROUP) return withGroup(conversation.id)
  const other = [...(conversation?.members ?? [])].find((id) => id !== viewer)
  return other === undefined ? SELF : withPerson(other)
}

export async function openRig(withTokens: boolean): Promise<Rig> {
  const site = openSite()
  const browser = await openBrowser(site, { withTokens })
  browser.logIn(OWNERS[0], true)
  const lastBefore = site.state.counters.message
  const began = { tabs: new Map(), sentDrafts: [], leaving: new Set<string>(), turn: 0, sends: 0, deaths: 0 }
  return { site, browser, words: createWords(), lastBefore, ...began }
}

const STOPPED = 'stopped'

export type Outcome<T> = { value: T } | { failed: unknown }

/** A full disk may fail anything; what else fails is a defect. */
function isExpected(failed: unknown): boolean {
  return failed instanceof Error && /Quota|Abort/.test(`${failed.name} ${failed.message}`)
}

/** What becomes of work that may fail, or whose worker may be stopped meanwhile. */
export async function attempt<T>(worker: Worker, work: () => Promise<T>): Promise<Outcome<T>> {
  const stopped = worker.life.ended.then(() => ({ failed: STOPPED }))
  const done = work().then(
    (value) => ({ value }),
    (failed: unknown) => {
      if (!isExpected(failed)) throw failed
      return { failed }
    },
  )
  return Promise.race([done, stopped])
}
