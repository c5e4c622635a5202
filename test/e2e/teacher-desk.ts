import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { RuleDraft } from '../../lib/dialogue/open-rule.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import type { Settings } from '../../lib/extension/settings.ts'
import type { Simulator } from '../moodle-simulator/index.ts'
import { launch, logIn, type Person } from './browser.ts'
import { COURSE } from './classroom.ts'
import { ask, switchOn } from './switch-on.ts'

/** Somebody's browser with Aside switched on, as those use it who write to many. */
export interface Desk {
  person: Person
  /** One of the extension's own pages, to ask the worker. */
  own: Page
  accountId: string
}

const BIOLOGY = 2
const STUDENT = 5
/** No screen offers it; a test has nothing to take back. */
const AT_ONCE = Number(0) as Settings['undoSeveralSeconds']

/** Of somebody whose profile is there, the account is too. */
export async function openDesk(simulator: Simulator, username: string, withToken = false): Promise<Desk> {
  const person = await launch()
  await logIn(person, simulator.wwwroot, username)
  await person.page(simulator.wwwroot + COURSE)
  const own = await switchOn(person, simulator.wwwroot)
  const [account] = await ask(own, 'accounts', undefined)
  if (!account) throw new Error('no account')
  const accountId = account.id
  if (withToken) await ask(own, 'useToken', { accountId, pasted: simulator.tokenOf(username) })
  await ask(own, 'saveSettings', { undoSeveralSeconds: AT_ONCE })
  return { person, own, accountId }
}

/** For all students, sent at once, without the seconds in which it may be taken back. */
export async function begin({ own, accountId }: Desk, change: Partial<RuleDraft>): Promise<string> {
  const answer = await ask(own, 'saveRule', {
    accountId,
    courseId: BIOLOGY,
    audience: { kind: 'course', courseId: BIOLOGY, roleIds: [STUDENT] },
    subject: 'Welcome to {course}',
    text: 'Dear {firstname}, good to have you here.',
    repliesExpected: true,
    ...change,
  })
  if (!('id' in answer)) throw new Error(answer.kind)
  const started = await ask(own, 'startRule', { accountId, ruleId: answer.id })
  if (!('id' in started)) throw new Error(started.kind)
  return started.id
}

export function ruleAt({ own, accountId }: Desk, ruleId: string): Promise<RuleView | undefined> {
  return ask(own, 'rule', { accountId, ruleId })
}

/** Who got the rule's message, from whom: user ids, in the order of the recipients. */
export function reached({ school }: Simulator, ruleId: string): [from: number, to: number][] {
  return [...school.messages.values()]
    .filter(({ text }) => text.includes(`rule=${ruleId}`))
    .map(({ useridfrom, conversationid }): [number, number] => {
      const members = school.conversations.get(conversationid)?.members ?? new Set()
      return [useridfrom, [...members].find((id) => id !== useridfrom) ?? 0]
    })
    .sort(([, a], [, b]) => a - b)
}

/** The next look of this browser, and until it says so of the rule. */
export async function until(
  desk: Desk,
  ruleId: string,
  isSo: (rule: RuleView | undefined) => boolean,
): Promise<void> {
  await expect
    .poll(
      async () => {
        await ask(desk.own, 'refresh', { accountId: desk.accountId })
        return isSo(await ruleAt(desk, ruleId))
      },
      { timeout: 30_000, interval: 300 },
    )
    .toBe(true)
}

/** After a turn of the server's clock: this browser has read the course since. */
export async function afterTurn(
  simulator: Simulator,
  desk: Desk,
  seconds: number,
  ruleId: string,
): Promise<void> {
  simulator.clock.advance(seconds)
  const now = simulator.clock.now()
  await until(desk, ruleId, (rule) => (rule?.timeRoster ?? 0) >= now && (rule?.timeLastRun ?? 0) >= now)
}

export function join(simulator: Simulator, username: string): number {
  const { id } = simulator.addPerson(username, username, 'Late')
  simulator.enrol(BIOLOGY, id)
  return id
}
