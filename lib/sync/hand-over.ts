import type { ColleaguesRule } from '../dialogue/colleagues-rule.ts'
import { writeIds } from '../dialogue/id-list.ts'
import { newKey } from '../dialogue/key.ts'
import type { OpenRule, RuleId, Shared } from '../dialogue/open-rule.ts'
import type { Participant } from '../dialogue/participant.ts'
import type { ReadNote } from '../dialogue/rule-note.ts'
import { wordsToShare } from '../dialogue/shared-words.ts'
import { asks, isFree, type Owned, ownersNotes } from '../dialogue/tenure.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import type { AccountRow } from '../store/rows.ts'
import { holdRule } from '../store/rule-outbox.ts'
import { changeRule, putRule, ruleOf } from '../store/rules.ts'
import { addNote, type Notes, type Readable, readNotes, withNotes } from './course-notes.ts'
import { pagePeople } from './page-people.ts'
import { isShared, type Mine, publish, tidy } from './shared-rule.ts'
import type { World } from './world.ts'

/* What a person does with rules that are shared; the states stand in dialogue/tenure.ts. */

const NOT_NOW: Trouble = { kind: 'taken-over', mender: 'person' }
const NOT_SHAREABLE: Trouble = { kind: 'not-permitted', mender: 'person' }

function beginning(term: number, sentence: string, found: readonly ReadNote[]): Shared {
  const heeded = Math.max(0, ...found.map(({ id }) => id))
  return { term, tenure: 'held', sentence, heeded, reached: '', claimed: '' }
}

/** Its author shares it with the course's other teachers: the first term. */
export function share(
  world: World,
  account: AccountRow,
  rule: OpenRule,
  sentence: string,
): Promise<OpenRule | Trouble> {
  const words = wordsToShare(rule)
  if (!words) return Promise.resolve(NOT_SHAREABLE)
  return withNotes<OpenRule>(world, account, words.courseId, async (notes) => {
    const shared: Mine = { ...rule, shared: beginning(1, sentence, await readNotes(notes)) }
    await publish(world, notes, shared, 'held')
    await changeRule(world.store, rule, { shared: shared.shared })
    world.changed(account.id, ['rules'])
    return shared
  })
}

/** Its owner lets go of it: nothing leaves from here, and whoever likes may take it over. */
export function release(world: World, account: AccountRow, rule: Mine): Promise<OpenRule | Trouble> {
  const courseId = wordsToShare(rule)?.courseId ?? 0
  return withNotes<OpenRule>(world, account, courseId, async (notes) => {
    await holdRule(world.store, rule, { kind: 'pause' })
    return told(world, notes, rule, 'released')
  })
}

async function told(world: World, notes: Notes, rule: Mine, tenure: 'released' | 'ended') {
  const mine = await ruleOf(world.store, rule.accountId, rule.id)
  if (!mine || !isShared(mine)) return NOT_NOW
  await publish(world, notes, mine, tenure)
  await tidy(notes, mine, await readNotes(notes))
  world.changed(mine.accountId, ['rules'])
  return (await ruleOf(world.store, mine.accountId, mine.id)) ?? mine
}

/** Its owner's word, held or let go of. */
const isTold = ({ shared }: OpenRule) => shared?.tenure === 'held' || shared?.tenure === 'released'

/** Says of rules that are over that nobody goes on with them. */
export async function tellEnds(world: World, account: AccountRow): Promise<void> {
  const rules = await world.store.rules
    .where('[accountId+timeCreated]')
    .between([account.id, 0], [account.id, Number.MAX_SAFE_INTEGER])
    .filter((rule) => isTold(rule) && (rule.state === 'cancelled' || rule.state === 'finished'))
    .toArray()
  for (const rule of rules.filter(isShared))
    await withNotes(world, account, wordsToShare(rule)?.courseId ?? 0, (notes) =>
      told(world, notes, rule, 'ended'),
    )
}

function asked(head: Owned, found: readonly ReadNote[]): 'pause' | 'end' | undefined {
  const does = asks(found, head.ruleId, head.authorId).map((each) => each.does)
  return does.includes('end') ? 'end' : does[0]
}

function mayTakeOver(head: Owned, found: readonly ReadNote[], now: number): boolean {
  return isFree(head, now) && asked(head, found) !== 'end'
}

function seen(head: Owned, found: readonly ReadNote[], owner: Participant, now: number): ColleaguesRule {
  const { ruleId, words, tenure, timeLease, reached, claimed } = head
  const does = asked(head, found)
  return {
    ...{ ruleId, owner, words, tenure, timeLease, reached: reached.length, claimed: claimed.length },
    mayTakeOver: mayTakeOver(head, found, now),
    ...(does ? { asked: does } : {}),
  }
}

/** Their names; without them the list is as good. */
async function ownersOf(world: World, account: AccountRow, courseId: number, heads: readonly Owned[]) {
  if (heads.length === 0) return new Map<number, Participant>()
  const personIds = [...new Set(heads.map(({ authorId }) => authorId))]
  const found = await pagePeople(world, account, { personIds, courseId }).catch(() => undefined)
  return new Map(found?.people.map((person) => [person.id, person]))
}

/** What goes on first, and the newest of it. */
function byUse(a: Owned, b: Owned): number {
  return Number(a.tenure === 'ended') - Number(b.tenure === 'ended') || b.id - a.id
}

/** What the course's other teachers share. */
export function colleaguesRules(
  world: World,
  account: AccountRow,
  courseId: number,
): Promise<ColleaguesRule[] | Trouble> {
  return withNotes<ColleaguesRule[]>(world, account, courseId, async (notes) => {
    const found = await readNotes(notes)
    const ids = [...new Set(found.filter(({ kind }) => kind === 'rule').map(({ ruleId }) => ruleId))]
    const heads = ids.flatMap((id) => ownersNotes(found, id)[0] ?? [])
    const theirs = heads.filter(({ authorId }) => authorId !== account.userId).sort(byUse)
    const owners = await ownersOf(world, account, courseId, theirs)
    const now = world.serverTime(account)
    return theirs.map((head) => {
      const owner = owners.get(head.authorId) ?? { id: head.authorId, fullName: '' }
      return seen(head, found, owner, now)
    })
  })
}

/** Asks a colleague's rule to pause or to end; the computer of whoever owns it does so when it next looks. */
export function askColleague(
  world: World,
  account: AccountRow,
  ask: { courseId: number; ruleId: RuleId; does: 'pause' | 'end' },
  readable: Readable,
): Promise<'asked' | Trouble> {
  const { courseId, ruleId, does } = ask
  return withNotes<'asked'>(world, account, courseId, async (notes) => {
    await addNote(notes, { kind: 'ask', ruleId, does }, readable)
    return 'asked'
  })
}

/** One of one's own, where it was had before: its keys and its ledger stay. */
async function heirOf(
  world: World,
  account: AccountRow,
  { ruleId, words }: Owned,
): Promise<OpenRule | undefined> {
  const there = await ruleOf(world.store, account.id, ruleId)
  const now = world.serverTime(account)
  if (there && there.state !== 'paused' && there.state !== 'draft') return undefined
  const kept = there ?? {
    accountId: account.id,
    id: ruleId,
    secret: newKey(world.random) + newKey(world.random),
    state: 'draft',
    timeCreated: now,
  }
  const { timeRoster: _, ...rest } = kept as OpenRule
  return { ...rest, ...words, timeChanged: now }
}

/**
 * A rule that is free becomes a draft of one's own, or one that is paused. It is taken over only when the person has
 * seen its preview and starts it; whom it has reached before does not get it again.
 */
export function adopt(
  world: World,
  account: AccountRow,
  { courseId, ruleId }: { courseId: number; ruleId: RuleId },
  sentence: string,
): Promise<OpenRule | Trouble> {
  return withNotes<OpenRule>(world, account, courseId, async (notes) => {
    const found = await readNotes(notes)
    const owned = ownersNotes(found, ruleId)
    const [head] = owned
    if (!head || !mayTakeOver(head, found, world.serverTime(account))) return NOT_NOW
    const heir = await heirOf(world, account, head)
    if (!heir) return NOT_NOW
    const shared: Shared = {
      ...beginning(head.term + 1, sentence, found),
      tenure: 'adopted',
      reached: writeIds(owned.flatMap(({ reached }) => reached)),
      claimed: writeIds(owned.flatMap(({ claimed }) => claimed)),
    }
    const adopted = { ...heir, shared }
    await putRule(world.store, adopted)
    world.changed(account.id, ['rules', 'people'])
    return adopted
  })
}
