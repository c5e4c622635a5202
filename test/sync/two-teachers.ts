import { expect } from 'vitest'
import type { OpenRule, RuleDraft } from '../../lib/dialogue/open-rule.ts'
import { STUDENT } from '../../lib/dialogue/roster.ts'
import { rulePeopleAfter } from '../../lib/store/rule-people.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { adopt, askColleague, colleaguesRules, release, share } from '../../lib/sync/hand-over.ts'
import { resume, saveRule, startRule } from '../../lib/sync/rule-life.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { isShared } from '../../lib/sync/shared-rule.ts'
import { withConnection } from '../../lib/sync/way.ts'
import { startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

export const BIOLOGY = 2
export const HOUR = 3600
export const TARA = 3
export const TOM = 4
export const STUDENTS = [5, 6, 7, 8, 9, 10]
export const SENTENCE = 'Tara Teacher shares a rule.'
const READABLE = { sentence: 'Tom Tutor asks to pause a rule.', title: 'Welcome' }

/** What was asked for, and no trouble instead. */
export function had<T extends object>(answer: T): Exclude<T, { mender: unknown }> {
  if ('mender' in answer) throw new Error(JSON.stringify(answer))
  return answer as Exclude<T, { mender: unknown }>
}

/** One at a time. */
export async function run(...computers: Computer[]): Promise<void> {
  for (const computer of computers) {
    await computer.engine.rules(computer.accountId)
    await computer.engine.flush(computer.accountId)
  }
}

export const at = (computer: Computer, { id }: Pick<OpenRule, 'id'>) =>
  ruleOf(computer.store, computer.accountId, id)

async function sharedAt(computer: Computer, rule: Pick<OpenRule, 'id'>) {
  const there = await at(computer, rule)
  if (!there || !isShared(there)) throw new Error('not shared')
  return there
}

export async function letGo(computer: Computer, rule: Pick<OpenRule, 'id'>) {
  return release(computer.world, await computer.account(), await sharedAt(computer, rule))
}

export async function adoptAt(computer: Computer, { id: ruleId }: Pick<OpenRule, 'id'>) {
  return adopt(computer.world, await computer.account(), { courseId: BIOLOGY, ruleId }, SENTENCE)
}

export async function preview(computer: Computer, rule: OpenRule) {
  let shown: Awaited<ReturnType<typeof previewRule>> | undefined
  await withConnection(computer.world, computer.accountId, async (connection, account) => {
    shown = await previewRule(computer.world, connection, account, rule)
  })
  return shown
}

/** As the screens do it: its preview, then its start. */
export async function takeOver(computer: Computer, rule: Pick<OpenRule, 'id'>): Promise<OpenRule> {
  const adopted = had(await adoptAt(computer, rule))
  await preview(computer, adopted)
  const account = await computer.account()
  if (adopted.state === 'paused') return (await resume(computer.world, account, rule.id)) ?? adopted
  return had(await startRule(computer.world, account, adopted, 0))
}

/** What the course's other teachers see. */
export async function seenBy(computer: Computer) {
  return had(await colleaguesRules(computer.world, await computer.account(), BIOLOGY))
}

export async function people(
  computer: Computer,
  { id: ruleId }: Pick<OpenRule, 'id'>,
  standing: 'unknown' | 'delivered',
) {
  const ask = { accountId: computer.accountId, ruleId, standing, limit: 100 }
  return (await rulePeopleAfter(computer.store, ask)).map(({ userId }) => userId)
}

export const from = (who: number, ids: number[]) => ids.map((id) => [who, id])

/** To the students of the course, and to who joins later. */
export function welcome(accountId: string, change: Partial<RuleDraft> = {}): RuleDraft {
  return {
    accountId,
    courseId: BIOLOGY,
    audience: { kind: 'course', courseId: BIOLOGY, roleIds: [STUDENT] },
    subject: 'Welcome',
    text: 'Good to have you here.',
    repliesExpected: true,
    future: {},
    ...change,
  }
}

/** Two teachers of one course, each at a computer of their own. */
export async function openTwoTeachers() {
  const simulator = await startSimulator({ students: STUDENTS.length })
  const tara = await computerOf(simulator, 'teacher1')
  const tom = await computerOf(simulator, 'teacher2')

  async function draft(change: Partial<RuleDraft> = {}): Promise<OpenRule> {
    const rule = await saveRule(tara.world, await tara.account(), welcome(tara.accountId, change))
    if (!rule) throw new Error('not saved')
    return rule
  }

  return {
    ...{ simulator, tara, tom, draft },
    notes: () => [...simulator.school.notes.values()],
    /** Tara's, shared and started; nothing has left. */
    async shared(change: Partial<RuleDraft> = {}): Promise<OpenRule> {
      const account = await tara.account()
      const rule = had(await share(tara.world, account, await draft(change), SENTENCE))
      return had(await startRule(tara.world, account, rule, 0))
    },
    async later(seconds: number, ...computers: Computer[]): Promise<void> {
      simulator.clock.advance(seconds)
      await run(...computers)
    },
    /** Who got the rule's message from whom. */
    reached({ id }: Pick<OpenRule, 'id'>): [from: number, to: number][] {
      return [...simulator.school.messages.values()]
        .filter(({ text }) => text.includes(`rule=${id}`))
        .map(({ useridfrom, conversationid }): [number, number] => {
          const members = simulator.school.conversations.get(conversationid)?.members ?? new Set()
          return [useridfrom, [...members].find((member) => member !== useridfrom) ?? 0]
        })
        .sort(([, a], [, b]) => a - b)
    },
    join(name: string): number {
      const { id } = simulator.addPerson(name, name, 'Late')
      simulator.enrol(BIOLOGY, id)
      return id
    },
    ask: async ({ id: ruleId }: Pick<OpenRule, 'id'>, does: 'pause' | 'end') =>
      expect(
        await askColleague(tom.world, await tom.account(), { courseId: BIOLOGY, ruleId, does }, READABLE),
      ).toBe('asked'),
  }
}

export type Stage = Awaited<ReturnType<typeof openTwoTeachers>>
