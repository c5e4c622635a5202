import { personOf } from '../dialogue/dialogue.ts'
import { readIds } from '../dialogue/id-list.ts'
import type { OpenRule, Shared } from '../dialogue/open-rule.ts'
import type { OwnersNote, ReadNote, Tenure } from '../dialogue/rule-note.ts'
import { wordsToShare } from '../dialogue/shared-words.ts'
import { asks, isFree, LEASE_SECONDS, ownersNotes } from '../dialogue/tenure.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import { applyInherited, inherit } from '../store/inherited.ts'
import { entriesOfRule } from '../store/outbox.ts'
import type { AccountRow } from '../store/rows.ts'
import { holdRule } from '../store/rule-outbox.ts'
import { standingsOf } from '../store/rule-people.ts'
import { ruleOf } from '../store/rules.ts'
import { addNote, type Notes, readNotes, removeNotes } from './course-notes.ts'
import type { World } from './world.ts'

/*
 * Before a slice of a shared rule's people leaves, its owner writes into the course's notes whom it will reach, and
 * reads what stands there then. Whoever takes over does the same. Of two who do so at once, one at least reads the
 * other's note: nobody gets it from both, whatever became of leases and clocks.
 */

export type Mine = OpenRule & { shared: Shared }

export function isShared(rule: OpenRule): rule is Mine {
  return rule.shared !== undefined
}

const TAKEN: Trouble = { kind: 'taken-over', mender: 'person' }

/** Whom it has reached or may have, from here and from where it was before; and these. */
async function ledgerOf(world: World, rule: Mine, next: readonly number[]) {
  const standings = await standingsOf(world.store, rule)
  const who = (...as: string[]) => [...standings].filter(([, each]) => as.includes(each)).map(([id]) => id)
  const reached = new Set([...(readIds(rule.shared.reached) ?? []), ...who('delivered')])
  const left = await entriesOfRule(world.store, rule.accountId, rule.id)
  const underWay = left.flatMap(({ conversationKey }) => personOf(conversationKey) ?? [])
  const claimed = [
    ...new Set([...(readIds(rule.shared.claimed) ?? []), ...who('waiting', 'unknown'), ...underWay, ...next]),
  ]
  return { reached: [...reached], claimed: claimed.filter((id) => !reached.has(id)) }
}

async function setShared(world: World, { accountId, id }: Mine, change: Partial<Shared>): Promise<void> {
  const { store } = world
  await store.transaction('rw', store.rules, async () => {
    const rule = await ruleOf(store, accountId, id)
    if (rule?.shared) await store.rules.put({ ...rule, shared: { ...rule.shared, ...change } })
  })
}

export async function publish(
  world: World,
  notes: Notes,
  rule: Mine,
  tenure: Tenure,
  next: readonly number[] = [],
): Promise<void> {
  const { id: ruleId, shared } = rule
  const words = wordsToShare(rule)
  if (!words) return
  const timeLease = world.serverTime(notes.account) + LEASE_SECONDS
  const ledger = await ledgerOf(world, rule, next)
  const note: OwnersNote = { kind: 'rule', ruleId, term: shared.term, tenure, timeLease, words, ...ledger }
  await addNote(notes, note, { sentence: shared.sentence, title: rule.subject })
  await setShared(world, rule, { tenure })
}

/** One's own notes of this rule but the newest: it says all that they say. */
export async function tidy(notes: Notes, rule: Mine, found: readonly ReadNote[]): Promise<void> {
  const own = found.filter(({ ruleId, authorId }) => ruleId === rule.id && authorId === notes.account.userId)
  const [newest] = ownersNotes(own, rule.id)
  if (!newest) return
  const old = own.filter(({ id, kind }) => (kind === 'rule' ? id !== newest.id : id < newest.id))
  await removeNotes(
    notes,
    old.map(({ id }) => id),
  )
}

/** Whether somebody else goes on with it. */
function isLost(rule: Mine, found: readonly ReadNote[], account: AccountRow, now: number): boolean {
  const [head] = ownersNotes(found, rule.id)
  if (!head) return false
  // One's own other computer took it over.
  if (head.authorId === account.userId) return head.term > rule.shared.term
  if (rule.shared.tenure === 'adopted') return !isFree(head, now) || head.term >= rule.shared.term
  return head.term >= rule.shared.term
}

async function stop(world: World, rule: Mine, kind: 'pause' | 'cancel'): Promise<void> {
  await holdRule(world.store, rule, kind === 'pause' ? { kind, trouble: TAKEN } : { kind })
  world.changed(rule.accountId, ['rules', 'outbox'])
}

/** A colleague may pause it and end it, and no more than that; each note is heeded once. */
async function heed(world: World, notes: Notes, rule: Mine, found: readonly ReadNote[]): Promise<boolean> {
  const news = asks(found, rule.id, notes.account.userId).filter(({ id }) => id > rule.shared.heeded)
  if (news.length === 0) return false
  const ends = news.some(({ does }) => does === 'end')
  await stop(world, rule, ends ? 'cancel' : 'pause')
  await setShared(world, rule, { heeded: Math.max(...news.map(({ id }) => id)) })
  if (ends) await publish(world, notes, rule, 'ended')
  return true
}

async function takeIn(world: World, notes: Notes, rule: Mine, found: readonly ReadNote[]): Promise<void> {
  const others = ownersNotes(found, rule.id).filter(
    ({ authorId, term }) =>
      // One's own say nothing new, unless what they were made of was lost here.
      authorId !== notes.account.userId || term !== rule.shared.term || rule.ledger === 'incomplete',
  )
  const all = (which: 'reached' | 'claimed') => others.flatMap((note) => note[which])
  await inherit(world.store, rule, { reached: all('reached'), claimed: all('claimed') })
  await applyInherited(world.store, rule, world.serverTime(notes.account))
}

/** What stands in the notes; undefined where it says that this rule does not go on from here. */
async function look(world: World, notes: Notes, rule: Mine): Promise<ReadNote[] | undefined> {
  const found = await readNotes(notes)
  if (isLost(rule, found, notes.account, world.serverTime(notes.account))) {
    await stop(world, rule, 'pause')
    return undefined
  }
  if (await heed(world, notes, rule, found)) return undefined
  await takeIn(world, notes, rule, found)
  return found
}

async function now(world: World, { accountId, id }: Mine): Promise<Mine | undefined> {
  const rule = await ruleOf(world.store, accountId, id)
  return rule?.state === 'active' && isShared(rule) ? rule : undefined
}

/** Which of these may be written to now. None, and the rule no longer active: it does not go on from here. */
export async function claim(
  world: World,
  notes: Notes,
  rule: Mine,
  userIds: readonly number[],
): Promise<number[]> {
  if (!(await look(world, notes, rule))) return []
  const mine = await now(world, rule)
  if (!mine) return []
  const wanted = await untouched(world, mine, userIds)
  await publish(world, notes, mine, 'held', wanted)
  const published = await now(world, rule)
  const found = published && (await look(world, notes, published))
  if (!published || !found) return []
  await tidy(notes, published, found)
  return untouched(world, published, wanted)
}

async function untouched(world: World, rule: Mine, userIds: readonly number[]): Promise<number[]> {
  const standings = await standingsOf(world.store, rule)
  return userIds.filter((id) => standings.get(id) === 'not-attempted')
}

/** Looks for what colleagues ask, tells who was reached since, and has the lease anew in good time. False: it does not go on from here. */
export async function goOn(world: World, notes: Notes, rule: Mine): Promise<boolean> {
  const found = await look(world, notes, rule)
  if (!found) return false
  const [head] = ownersNotes(found, rule.id)
  const isOld = (head?.timeLease ?? 0) - world.serverTime(notes.account) < LEASE_SECONDS / 2
  const { claimed } = await ledgerOf(world, rule, [])
  const isBehind = (head?.claimed.length ?? 0) > claimed.length
  if (!isOld && !isBehind && rule.shared.tenure === 'held') return true
  await claim(world, notes, rule, [])
  return (await now(world, rule)) !== undefined
}
