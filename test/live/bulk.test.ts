import 'fake-indexeddb/auto'
import { execFileSync } from 'node:child_process'
import { beforeAll, describe, expect, it } from 'vitest'
import { readLink } from '../../lib/dialogue/link.ts'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { type Roster, STUDENT } from '../../lib/dialogue/roster.ts'
import { rosterHeld } from '../../lib/store/roster.ts'
import { countPeople } from '../../lib/store/rule-counts.ts'
import { rulePeopleAfter } from '../../lib/store/rule-people.ts'
import { saveRule, startRule } from '../../lib/sync/rule-life.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { type Person, signInPerson } from '../conformance/people.ts'
import { type Computer, computerOf } from '../sync/computer.ts'
import { site } from './config.ts'
import { siteOfTeacher } from './teacher-site.ts'

const { bulk } = site
const HOUR = 3600
/** Where the configuration does not name what it takes, the test's name says so. */
const needs = (what: unknown, key: string) =>
  what === undefined ? ` (skipped: the configuration has no ${key})` : ''

let teacher: Person
let desk: Computer
let turned = 0
let rule: OpenRule

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

async function save(courseId: number): Promise<OpenRule> {
  const rule = await saveRule(desk.world, await desk.account(), {
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
  const connection = await desk.world.connect(await desk.account())
  if ('mender' in connection) throw new Error('no way')
  return previewRule(desk.world, connection, await desk.account(), rule)
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

describe.skipIf(!bulk)(`a rule to a course of many on the running Moodle${needs(bulk, 'bulk')}`, () => {
  it('reaches everybody once, names who refuses, and leaves out the suspended', async () => {
    if (!bulk) throw new Error('no course')
    rule = await save(bulk.courseId)
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

    await startRule(desk.world, await desk.account(), rule, 0)
    await desk.engine.rules(desk.accountId)
    expect(await standing(rule, 'delivered')).toEqual(meant)
    expect(await standing(rule, 'refused')).toEqual(bulk.refusing)
    expect(await arrived(rule)).toEqual(meant)
  }, 120_000)

  it('can be read, with its link, by somebody without the extension', async () => {
    if (!bulk) throw new Error('no course')
    const reader = await signInPerson(site, bulk.reader)
    const message = await readAs(reader, rule)
    const { link, body } = readLink(message?.fullmessagehtml ?? '', { wwwroot: site.wwwroot, former: [] })
    expect(link).toMatchObject({ does: 'open', ruleId: rule.id })
    expect(body).toMatch(/^<p>Dear \S+, good to have you here\.<\/p>$/)
    const opened = await reader.browser.fetch(`${site.wwwroot}/course/view.php?id=${bulk.courseId}`)
    expect(opened.status).toBe(200)
  })

  // Enrolling somebody takes an administrator, and so a program of theirs.
  it.skipIf(!bulk?.enrol)(
    `takes in who joins, once${needs(bulk?.enrol, 'bulk.enrol')}`,
    async () => {
      const before = await arrived(rule)
      const [program = '', ...words] = bulk?.enrol ?? []
      const username = `late${Date.now()}`
      execFileSync(
        program,
        words.map((word) => word.replaceAll('{username}', username)),
        { timeout: 60_000 },
      )
      turned = HOUR
      await desk.engine.rules(desk.accountId)
      turned = 2 * HOUR
      await desk.engine.rules(desk.accountId)
      const all = await arrived(rule)
      expect(all).toHaveLength(before.length + 1)
      expect(new Set(all).size).toBe(all.length)
      expect(await countPeople(desk.store, rule)).toMatchObject({ delivered: all.length, unknown: 0 })
    },
    240_000,
  )
})
