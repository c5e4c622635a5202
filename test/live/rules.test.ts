import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accountIdOf, siteOf } from '../../lib/dialogue/dialogue.ts'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { countPeople } from '../../lib/store/rule-counts.ts'
import { putRule, ruleOf } from '../../lib/store/rules.ts'
import { saveRule, startRule } from '../../lib/sync/rule-life.ts'
import { type Person, signInPerson } from '../conformance/people.ts'
import { type Computer, computerOf, type Site } from '../sync/computer.ts'
import { site } from './config.ts'
import { siteOfTeacher } from './teacher-site.ts'

const DAY = 86_400

let teacher: Person
let students: number[]
let place: Site
/** Seconds by which both clocks of this test are turned. */
let turned = 0

beforeAll(async () => {
  teacher = await signInPerson(site, site.accounts.teacher)
  const people = [site.accounts.student1, site.accounts.student2]
  students = (await Promise.all(people.map((each) => signInPerson(site, each)))).map(({ userid }) => userid)
  place = siteOfTeacher(teacher, () => turned)
})

afterAll(() => {
  turned = 0
})

async function begin({ account, accountId, world }: Computer): Promise<OpenRule> {
  const row = await account()
  const rule = await saveRule(world, row, {
    accountId,
    courseId: site.courseId,
    audience: { kind: 'people', userIds: students },
    subject: 'A rule of the live test',
    text: 'Dear {fullname}, this is sent once.',
    repliesExpected: false,
  })
  const started = rule && (await startRule(world, row, rule, 0))
  if (!started || !('id' in started)) throw new Error('not started')
  return started
}

async function arrived(rule: OpenRule): Promise<number[]> {
  const { contacts } = await teacher.over.rest.call('core_message_data_for_messagearea_search_messages', {
    userid: teacher.userid,
    search: `rule=${rule.id}`,
    limitfrom: 0,
    limitnum: 50,
  })
  return contacts.map(({ userid }) => userid).toSorted((a, b) => a - b)
}

describe('a rule on the running Moodle', () => {
  it('reaches each once; another computer proves that, and sends nothing', async () => {
    const sorted = students.toSorted((a, b) => a - b)
    const first = await computerOf(place, 'teacher')
    const rule = await begin(first)
    await first.engine.rules(first.accountId)
    expect(await arrived(rule)).toEqual(sorted)
    expect(await ruleOf(first.store, rule.accountId, rule.id)).toMatchObject({ state: 'finished' })

    const other = await computerOf(place, 'teacher')
    expect(other.accountId).toBe(accountIdOf(siteOf(site.wwwroot), teacher.userid))
    await putRule(other.store, { ...rule, ledger: 'incomplete' })
    await other.engine.rules(other.accountId)
    turned = DAY
    await other.engine.rules(other.accountId)
    expect(await countPeople(other.store, rule)).toMatchObject({ delivered: sorted.length, unknown: 0 })
    expect(await arrived(rule)).toEqual(sorted)
  })
})
