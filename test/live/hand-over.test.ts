import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { STUDENT } from '../../lib/dialogue/roster.ts'
import { adopt, colleaguesRules, release } from '../../lib/sync/hand-over.ts'
import { hold, saveRule, startRule } from '../../lib/sync/rule-life.ts'
import { isShared } from '../../lib/sync/shared-rule.ts'
import { type Person, signInPerson } from '../conformance/people.ts'
import { ask } from '../conformance/talk.ts'
import { type Computer, computerOf } from '../sync/computer.ts'
import { at, had, preview } from '../sync/two-teachers.ts'
import { site } from './config.ts'
import { siteOfTeacher } from './teacher-site.ts'

const { otherTeacher } = site.accounts
const HOUR = 3600
const REACHED_FIRST = 2

let first: { person: Person; desk: Computer }
let second: { person: Person; desk: Computer }
let turned = 0
let rule: OpenRule

async function openDesk(account: Parameters<typeof signInPerson>[1]) {
  const person = await signInPerson(site, account)
  // The server's clock is told with each answer.
  await person.over.rest.call('core_message_get_unread_conversations_count', { useridto: person.userid })
  const desk = await computerOf(
    siteOfTeacher(person, () => turned),
    'teacher',
  )
  return { person, desk }
}

beforeAll(async () => {
  if (!otherTeacher) return
  first = await openDesk(site.accounts.teacher)
  second = await openDesk(otherTeacher)
})

/** The notes that this left behind. */
afterAll(async () => {
  turned = 0
  for (const one of otherTeacher ? [first, second] : []) {
    const { rest } = one.person.over
    const { coursenotes = [] } = await ask(rest, 'core_notes_get_course_notes', { courseid: site.courseId })
    const own = coursenotes.filter(
      ({ usermodified, content }) => usermodified === one.person.userid && content?.includes('aside-rule='),
    )
    if (own.length > 0) await ask(rest, 'core_notes_delete_notes', { notes: own.map(({ id }) => id) })
  }
})

async function run({ desk }: { desk: Computer }): Promise<void> {
  await desk.engine.rules(desk.accountId)
  await desk.engine.flush(desk.accountId)
}

async function arrivedFrom({ person }: { person: Person }): Promise<number[]> {
  const { contacts } = await person.over.rest.call('core_message_data_for_messagearea_search_messages', {
    userid: person.userid,
    search: `rule=${rule.id}`,
    limitfrom: 0,
    limitnum: 50,
  })
  return contacts.map(({ userid }) => userid).toSorted((a, b) => a - b)
}

async function seen() {
  const { desk } = second
  const all = had(await colleaguesRules(desk.world, await desk.account(), site.courseId))
  return all.find(({ ruleId }) => ruleId === rule.id)
}

const why = otherTeacher ? '' : ' (skipped: the configuration has no accounts.otherTeacher)'

describe.skipIf(!otherTeacher)(`a rule that goes from one teacher to another${why}`, () => {
  it('is shared before it first sends, and seen by the other', async () => {
    const { desk } = first
    desk.world.dailyCap = async () => REACHED_FIRST
    const account = await desk.account()
    const draft = await saveRule(desk.world, account, {
      accountId: desk.accountId,
      courseId: site.courseId,
      audience: { kind: 'course', courseId: site.courseId, roleIds: [STUDENT] },
      subject: 'A rule that is handed over',
      text: 'Dear {firstname}, this is sent once, by one of two teachers.',
      repliesExpected: false,
      toShare: 'The live test shares a rule.',
    })
    if (!draft) throw new Error('not saved')
    rule = had(await startRule(desk.world, account, draft, 0))
    await run(first)
    expect(await arrivedFrom(first)).toHaveLength(REACHED_FIRST)
    expect(await seen()).toMatchObject({ tenure: 'held', mayTakeOver: false })
  })

  it('is let go of, taken over after its preview, and reaches the others and nobody twice', async () => {
    const mine = await at(first.desk, rule)
    if (!mine || !isShared(mine)) throw new Error('not shared')
    had(await release(first.desk.world, await first.desk.account(), mine))
    expect(await seen()).toMatchObject({ tenure: 'released', mayTakeOver: true, reached: REACHED_FIRST })

    const { desk } = second
    const which = { courseId: site.courseId, ruleId: rule.id }
    const adopted = had(await adopt(desk.world, await desk.account(), which, 'The live test takes it over.'))
    const shown = await preview(desk, adopted)
    expect(shown).toMatchObject({ haveIt: REACHED_FIRST })
    had(await startRule(desk.world, await desk.account(), adopted, 0))
    await run(second)
    const [before, after] = [await arrivedFrom(first), await arrivedFrom(second)]
    expect(before).toHaveLength(REACHED_FIRST)
    expect(after).toHaveLength(shown?.willGetIt ?? 0)
    expect(after.filter((id) => before.includes(id))).toEqual([])
  }, 120_000)

  it('sends nothing more from where it was before, and is ended by its new owner', async () => {
    const { desk } = first
    desk.world.dailyCap = async () => 100
    turned = HOUR
    const before = await arrivedFrom(first)
    await run(first)
    expect(await arrivedFrom(first)).toEqual(before)
    await hold(second.desk.world, await second.desk.account(), rule.id, { kind: 'cancel' })
    await run(second)
    const { world } = desk
    const all = had(await colleaguesRules(world, await desk.account(), site.courseId))
    expect(all.find(({ ruleId }) => ruleId === rule.id)).toMatchObject({ tenure: 'ended' })
  })
})
