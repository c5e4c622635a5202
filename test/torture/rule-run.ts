import fc from 'fast-check'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { STUDENT } from '../../lib/dialogue/roster.ts'
import { entriesOfRule } from '../../lib/store/outbox.ts'
import { putHabit } from '../../lib/store/roster.ts'
import { countPeople } from '../../lib/store/rule-counts.ts'
import { standingsOf } from '../../lib/store/rule-people.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { hold, resume, retry, saveRule, startRule } from '../../lib/sync/rule-life.ts'
import { accountOf, type Browser, openBrowser, type Worker } from './browser.ts'
import { attempt } from './rig.ts'
import { COURSE, copiesOf, type Meant, mishap, noteMeant, studentsNow } from './rule-site.ts'
import { openSite, type Site } from './site.ts'
import { LATEST, type Trap } from './wire.ts'

/** A student whom the course's habit names: of students it depends on each whether they take it. */
const WRITER = 5
const writer = accountOf(WRITER)

export type RuleAction =
  | { do: 'run'; workers: 1 | 2 }
  | { do: 'doomed'; awaits: number }
  | { do: 'flush' }
  | { do: 'trap'; trap: Trap }
  | { do: 'wait'; seconds: number }
  | { do: 'join' }
  | { do: 'leave' | 'suspend' | 'return' | 'refuse' | 'accept'; student: number }
  | { do: 'pause' | 'resume' | 'retry' }
  | { do: 'edit' }
  | { do: 'kill' }

const student = fc.nat(199)
const ruleAction: fc.Arbitrary<RuleAction> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('run' as const), workers: fc.constantFrom<1 | 2>(1, 2) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('doomed' as const), awaits: fc.nat(600) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('flush' as const) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('trap' as const), trap: mishap }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 60, 130, 310, 3700),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'leave' as const,
        'suspend' as const,
        'return' as const,
        'refuse' as const,
        'accept' as const,
      ),
      student,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const, 'retry' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('edit' as const, 'kill' as const) }) },
)

export const ruleActions = (longest: number): fc.Arbitrary<RuleAction[]> =>
  fc.array(ruleAction, { minLength: 3, maxLength: longest, size: 'max' })

interface Rig extends Meant {
  browser: Browser
  rule: OpenRule
  faults: number
}

const meantNow = (site: Site) => studentsNow(site).filter((id) => id !== WRITER)

async function account(browser: Browser) {
  const row = await browser.eyes.accounts.get(writer)
  if (!row) throw new Error('no account')
  return row
}

const draftOf = (text: string) => ({
  accountId: writer,
  courseId: COURSE,
  audience: { kind: 'course' as const, courseId: COURSE, roleIds: [STUDENT] },
  subject: 'Welcome',
  text,
  repliesExpected: true,
  future: {},
})

async function openRig(students: number): Promise<Rig> {
  const site = openSite(students)
  const browser = await openBrowser(site, { withTokens: true })
  browser.logIn(WRITER, true)
  await putHabit(browser.eyes, writer, COURSE, { kind: 'representatives', userIds: [WRITER] })
  const { world } = browser.worker()
  const rule = await saveRule(world, await account(browser), draftOf('Good to have you.'))
  const started = rule && (await startRule(world, await account(browser), rule, 0))
  if (!started || !('id' in started)) throw new Error('not started')
  return { site, browser, rule: started, everMeant: new Set(meantNow(site)), outSince: new Map(), faults: 0 }
}

const run = (worker: Worker) => attempt(worker, () => worker.engine.rules(writer))

function changeStudent({ site }: Rig, action: Extract<RuleAction, { student: number }>): void {
  const people = [...site.state.users.values()].filter(({ username }) => /^(student|late)/.test(username))
  const who = people[action.student % people.length]
  if (!who || who.id === WRITER) return
  if (action.do === 'leave') site.unenrol(COURSE, who.id)
  else if (action.do === 'suspend') site.suspendEnrolment(COURSE, who.id)
  else if (action.do === 'return') site.enrol(COURSE, who.id)
  else site.setPrivacy(who.id, action.do === 'refuse' ? 1 : 0)
}

async function doAs({ browser, rule }: Rig, what: 'pause' | 'resume' | 'retry' | 'edit'): Promise<void> {
  const worker = browser.worker()
  const { world } = worker
  const row = await account(browser)
  await attempt(worker, async () => {
    if (what === 'pause') await hold(world, row, rule.id, { kind: 'pause' })
    else if (what === 'resume') await resume(world, row, rule.id)
    else if (what === 'retry') await retry(world, row, rule)
    else await saveRule(world, row, { ...draftOf('Better words.'), id: rule.id })
  })
}

async function perform(rig: Rig, action: RuleAction): Promise<void> {
  const { browser, site } = rig
  switch (action.do) {
    case 'run': {
      const workers = [browser.worker(), ...(action.workers === 2 ? [browser.start()] : [])]
      await Promise.all(workers.map(run))
      return
    }
    case 'doomed': {
      const worker = browser.start(action.awaits)
      await run(worker)
      if (worker.life.isDead) rig.faults++
      return worker.life.end()
    }
    case 'flush': {
      const worker = browser.worker()
      return void (await attempt(worker, () => worker.engine.flush(writer)))
    }
    case 'trap':
      return void browser.wire.trap(action.trap)
    case 'wait':
      return browser.wire.pass(action.seconds)
    case 'join':
      return site.enrol(COURSE, site.addPerson(`late${site.state.users.size}`, 'Late', 'Comer').id)
    case 'kill':
      return browser.kill()
    case 'pause':
    case 'resume':
    case 'retry':
    case 'edit':
      return doAs(rig, action.do)
    default:
      return changeStudent(rig, action)
  }
}

async function isQuiet({ browser, rule, site }: Rig): Promise<boolean> {
  const counts = await countPeople(browser.eyes, rule)
  const known = await standingsOf(browser.eyes, rule)
  const entries = await entriesOfRule(browser.eyes, writer, rule.id)
  const settled = counts['not-attempted'] + counts.refused + counts.unknown + entries.length === 0
  return settled && meantNow(site).every((id) => known.get(id) === 'delivered')
}

/** Everything works again, everybody takes messages, and time goes on. */
async function heal(rig: Rig): Promise<void> {
  const { browser, site } = rig
  browser.wire.mend()
  browser.kill()
  for (const id of site.state.users.keys()) site.setPrivacy(id, 0)
  // Who came while another left is noticed within the hour.
  await browser.wire.pass(3600 + LATEST + 1)
  await doAs(rig, 'resume')
  for (let n = 0; n < 12 && !(await isQuiet(rig)); n++) {
    const worker = browser.worker()
    await doAs(rig, 'resume')
    await doAs(rig, 'retry')
    await attempt(worker, () => worker.engine.flush(writer))
    await run(worker)
    await browser.wire.pass(n % 3 === 2 ? 3700 : 310)
  }
}

export interface RuleTally {
  runs: number
  people: number
  faults: number
  wrong: string[]
}

export const newRuleTally = (): RuleTally => ({ runs: 0, people: 0, faults: 0, wrong: [] })

async function judge(rig: Rig, tally: RuleTally): Promise<void> {
  const { site, rule, browser, everMeant, outSince } = rig
  const copies = new Map<number, number>()
  for (const { to, time } of copiesOf(site, WRITER, rule.id)) {
    copies.set(to, (copies.get(to) ?? 0) + 1)
    // The course is read once an hour; a request that was given up may arrive a little later.
    if (time > (outSince.get(to) ?? time) + 3600 + LATEST) tally.wrong.push(`${to} had left`)
  }
  const standings = await standingsOf(browser.eyes, rule)
  for (const [id, count] of copies) {
    if (count > 1) tally.wrong.push(`${id} got it ${count} times`)
    if (!everMeant.has(id)) tally.wrong.push(`${id} was never meant`)
    if (standings.get(id) !== 'delivered') tally.wrong.push(`${id} got it and stands as ${standings.get(id)}`)
  }
  for (const id of meantNow(site))
    if (!copies.has(id)) tally.wrong.push(`${id} did not get it: ${standings.get(id)}`)
  if ((await ruleOf(browser.eyes, writer, rule.id))?.state !== 'active') tally.wrong.push('it is not active')
  tally.people += copies.size
}

/** Plays one rule's life and counts at the other end. */
export async function playRule(
  actions: readonly RuleAction[],
  students: number,
  tally: RuleTally,
): Promise<void> {
  const rig = await openRig(students)
  const before = tally.wrong.length
  try {
    for (const action of actions) {
      await perform(rig, action)
      noteMeant(rig, meantNow(rig.site))
    }
    await heal(rig)
    await judge(rig, tally)
    tally.runs++
    tally.faults += rig.faults + rig.browser.wire.mishaps()
    if (tally.wrong.length > before) throw new Error(tally.wrong.slice(before).join('\n'))
  } finally {
    await rig.browser.close()
  }
}
