import 'fake-indexeddb/auto'
import { execFileSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { readLink } from '../../lib/dialogue/link.ts'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { type Roster, STUDENT } from '../../lib/dialogue/roster.ts'
import { rosterHeld } from '../../lib/store/roster.ts'
import { countPeople, rulePeopleAfter } from '../../lib/store/rule-people.ts'
import { saveRule, startRule } from '../../lib/sync/rule-life.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { type Person, signInPerson } from '../conformance/people.ts'
import { type Computer, computerOf } from '../sync/computer.ts'
import { site } from './config.ts'
import { siteOfTeacher } from './teacher-site.ts'

const { bulk } = site
const HOUR = 3600
const NO_BULK = 'The configuration names no course of many (bulk).'
const NO_ENROL =
  'Enrolling somebody takes an administrator: the configuration names no program for it (bulk.enrol).'

let teacher: Person
let desk: Computer
let turned = 0

beforeAll(async () => {
  if (!bulk) return
  teacher = await signInPerson(site, site.accounts.teacher)
  // The server's clock is told with each answer.
  await teacher.over.rest.call('core_message_get_unread_conversations_count', { useridto: teacher.userid })
  desk = await computerOf(
    siteOfTeacher(teacher, () => turned),
    'teacher',
  )
})

async function account() {
  const row = await desk.store.accounts.get(desk.accountId)
  if (!row) throw new Error('no account')
  return row
}

async function save(courseId: number): Promise<OpenRule> {
  const rule = await saveRule(desk.world, await account(), {
    accountId: desk.accountId,
    courseId,
    audience: { kind: 'course', courseId, roleIds: [STUDENT] },
    subject: 'Welcome to all of you',
    text: 'Dear {firstname}, good to have you here.',
    repliesExpected: true,
    future: {},
  })
  if (!rule) throw new Error('not saved')
  return rule
}

async function preview(rule: OpenRule) {
  const connection = await desk.world.connect(await account())
  if ('mender' in connection) throw new Error('no way')
  return previewRule(desk.world, connection, await account(), rule)
}

async function roster(courseId: number): Promise<Roster> {
  const held = await rosterHeld(desk.store, desk.accountId, courseId)
  if (!held) throw new Error('no roster')
  return held
}

/** As the server shows it, a page at a time. */
async function arrived({ id }: OpenRule): Promise<number[]> {
  const found: number[] = []
  for (;;) {
    const { contacts } = await teacher.over.rest.call('core_message_data_for_messagearea_search_messages', {
      userid: teacher.userid,
      search: `rule=${id}`,
      limitfrom: found.length,
      limitnum: 50,
    })
    found.push(...contacts.map(({ userid }) => userid))
    if (contacts.length < 50) return found.toSorted((a, b) => a - b)
  }
}

async function standing(rule: OpenRule, as: 'delivered' | 'refused'): Promise<number[]> {
  const ask = { accountId: desk.accountId, ruleId: rule.id, standing: as, limit: 1000 }
  return (await rulePeopleAfter(desk.store, ask)).map(({ userId }) => userId)
}

async function readAs(reader: Person, { id }: OpenRule) {
  const { messages } = await reader.over.rest.call('core_message_get_messages', {
    useridto: reader.userid,
    useridfrom: teacher.userid,
    type: 'conversations',
    read: 2,
    limitnum: 20,
  })
  return messages.find(({ fullmessagehtml }) => fullmessagehtml?.includes(`rule=${id}`))
}

describe('a rule to a course of many on the running Moodle', () => {
  it('reaches everybody once, names who refuses, leaves out the suspended, and takes in who joins', async (test) => {
    if (!bulk) return test.skip(NO_BULK)
    const rule = await save(bulk.courseId)
    const shown = await preview(rule)
    const { people } = await roster(bulk.courseId)
    const meant = people
      .filter(({ userId, isSuspended, roleIds }) => roleIds.includes(STUDENT) && !isSuspended && userId)
      .map(({ userId }) => userId)
      .filter((id) => !bulk.refusing.includes(id))
      .toSorted((a, b) => a - b)
    expect(meant.filter((id) => bulk.suspended.includes(id))).toEqual([])
    expect(shown.willGetIt).toBe(meant.length)
    expect(shown.cannotBeReached.reduce((sum, { count }) => sum + count, 0)).toBe(bulk.refusing.length)

    await startRule(desk.world, await account(), rule, 0)
    await desk.engine.rules(desk.accountId)
    expect(await standing(rule, 'delivered')).toEqual(meant)
    expect(await standing(rule, 'refused')).toEqual(bulk.refusing)
    expect(await arrived(rule)).toEqual(meant)

    const reader = await signInPerson(site, bulk.reader)
    const message = await readAs(reader, rule)
    const { link, body } = readLink(message?.fullmessagehtml ?? '', { wwwroot: site.wwwroot, former: [] })
    expect(link).toMatchObject({ does: 'open', ruleId: rule.id })
    expect(body).toMatch(/^<p>Dear \S+, good to have you here\.<\/p>$/)
    const opened = await reader.browser.fetch(`${site.wwwroot}/course/view.php?id=${bulk.courseId}`)
    expect(opened.status).toBe(200)

    if (!bulk.enrol) return test.skip(NO_ENROL)
    const [program = '', ...words] = bulk.enrol
    execFileSync(
      program,
      words.map((word) => word.replaceAll('{username}', `late${Date.now()}`)),
      { timeout: 60_000 },
    )
    turned = HOUR
    await desk.engine.rules(desk.accountId)
    turned = 2 * HOUR
    await desk.engine.rules(desk.accountId)
    const all = await arrived(rule)
    expect(all).toHaveLength(meant.length + 1)
    expect(new Set(all).size).toBe(all.length)
    expect(await countPeople(desk.store, rule)).toMatchObject({ delivered: all.length, unknown: 0 })
  }, 240_000)
})
