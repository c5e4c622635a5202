import fc from 'fast-check'
import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { STUDENT } from '../../lib/dialogue/roster.ts'
import { LEASE_SECONDS } from '../../lib/dialogue/tenure.ts'
import { rulePeopleAfter } from '../../lib/store/rule-people.ts'
import { ruleOf } from '../../lib/store/rules.ts'
import { adopt, askColleague, release } from '../../lib/sync/hand-over.ts'
import { READ_ANYHOW } from '../../lib/sync/roster.ts'
import { hold, resume, retry, saveRule, settlePeople, startRule } from '../../lib/sync/rule-life.ts'
import { previewRule } from '../../lib/sync/rule-preview.ts'
import { isShared } from '../../lib/sync/shared-rule.ts'
import { withConnection } from '../../lib/sync/way.ts'
import { accountOf, type Browser, openBrowser, type Worker } from './browser.ts'
import { attempt } from './rig.ts'
import { COURSE, copiesOf, type Meant, mishap, noteMeant, studentsNow } from './rule-site.ts'
import { openSite } from './site.ts'
import { LATEST, type Trap } from './wire.ts'

/* Two teachers of one course, each at a computer of their own, and one rule that goes back and forth between them. */

const TEACHERS = [3, 4] as const
type Who = 0 | 1

type Turn =
  | { do: 'run'; who: Who | 'both' }
  | { do: 'doomed'; who: Who; awaits: number }
  | { do: 'trap'; who: Who; trap: Trap }
  | { do: 'wait'; seconds: number }
  | { do: 'join' }
  | { do: 'leave' | 'return'; student: number }
  | { do: 'release' | 'take over' | 'pause' | 'resume' | 'ask to pause' | 'kill'; who: Who }

const who = fc.constantFrom<Who>(0, 1)
const some = <Do extends string>(...names: Do[]) => fc.constantFrom(...names)

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: some('run'), who: fc.constantFrom<Who | 'both'>(0, 1, 'both') }) },
  { weight: 5, arbitrary: fc.record({ do: some('doomed'), who, awaits: fc.nat(600) }) },
  { weight: 5, arbitrary: fc.record({ do: some('trap'), who, trap: mishap }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: some('wait'),
      seconds: fc.constantFrom(1, 60, 310, 3700, LEASE_SECONDS / 2, LEASE_SECONDS + 1),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: some('join') }) },
  { weight: 2, arbitrary: fc.record({ do: some('leave', 'return'), student: fc.nat(99) }) },
  { weight: 16, arbitrary: fc.record({ do: some('release', 'take over', 'take over', 'resume'), who }) },
  { weight: 2, arbitrary: fc.record({ do: some('pause', 'ask to pause', 'kill'), who }) },
)

export const turns = (longest: number): fc.Arbitrary<Turn[]> =>
  fc.array(turn, { minLength: 4, maxLength: longest, size: 'max' })

interface Rig extends Meant {
  browsers: readonly [Browser, Browser]
  ruleId: string
  deaths: number
  takenOver: number
}

async function openRig(students: number): Promise<Rig> {
  const site = openSite(students)
  const open = (owner: number) => openBrowser(site, { withTokens: true, owners: [owner] })
  const browsers = [await open(TEACHERS[0]), await open(TEACHERS[1])] as const
  const { world } = browsers[0].worker()
  const row = await accountAt(browsers[0], 0)
  const rule = await saveRule(world, row, {
    accountId: row.id,
    courseId: COURSE,
    audience: { kind: 'course', courseId: COURSE, roleIds: [STUDENT] },
    subject: 'Welcome',
    text: 'Good to have you.',
    repliesExpected: true,
    future: {},
    toShare: 'A rule is shared.',
  })
  const started = rule && (await startRule(world, row, rule, 0))
  if (!started || !('id' in started)) throw new Error('not started')
  const everMeant = new Set(studentsNow(site))
  return { site, browsers, ruleId: started.id, everMeant, outSince: new Map(), deaths: 0, takenOver: 0 }
}

async function accountAt(browser: Browser, which: Who) {
  const row = await browser.eyes.accounts.get(accountOf(TEACHERS[which]))
  if (!row) throw new Error('no account')
  return row
}

const run = (which: Who, worker: Worker) =>
  attempt(worker, () => worker.engine.rules(accountOf(TEACHERS[which])))

/** What a person does at that computer. */
async function doAt(
  { browsers, ruleId }: Rig,
  which: Who,
  what: (ask: {
    worker: Worker
    row: Awaited<ReturnType<typeof accountAt>>
    rule: OpenRule | undefined
  }) => Promise<unknown>,
): Promise<void> {
  const worker = browsers[which].worker()
  const row = await accountAt(browsers[which], which)
  await attempt(worker, async () => {
    await what({ worker, row, rule: await ruleOf(worker.world.store, row.id, ruleId) })
  })
}

/** As the screens do it: the rule becomes one's own, its preview is shown, it is started. */
function takeOver(rig: Rig, which: Who): Promise<void> {
  return doAt(rig, which, async ({ worker, row }) => {
    const { world } = worker
    const adopted = await adopt(world, row, { courseId: COURSE, ruleId: rig.ruleId }, 'Taken over.')
    if ('mender' in adopted) return
    let isSeen = false
    await withConnection(world, row.id, async (connection, account) => {
      await previewRule(world, connection, account, adopted)
      isSeen = true
    })
    if (!isSeen) return
    if (adopted.state === 'paused') await resume(world, row, adopted.id)
    else await startRule(world, row, adopted, 0)
    rig.takenOver++
  })
}

function letGo(rig: Rig, which: Who): Promise<void> {
  return doAt(rig, which, async ({ worker, row, rule }) => {
    if (rule && isShared(rule)) await release(worker.world, row, rule)
  })
}

function askToPause(rig: Rig, which: Who): Promise<void> {
  const ask = { courseId: COURSE, ruleId: rig.ruleId, does: 'pause' as const }
  return doAt(rig, which, ({ worker, row }) =>
    askColleague(worker.world, row, ask, { sentence: 'Asked.', title: 'Rule' }),
  )
}

const pauseAt = (rig: Rig, which: Who) =>
  doAt(rig, which, ({ worker, row }) => hold(worker.world, row, rig.ruleId, { kind: 'pause' }))
const resumeAt = (rig: Rig, which: Who) =>
  doAt(rig, which, ({ worker, row }) => resume(worker.world, row, rig.ruleId))

async function pass({ browsers }: Rig, seconds: number): Promise<void> {
  await browsers[0].wire.pass(seconds)
  await browsers[1].wire.pass(0)
}

function changeStudent({ site }: Rig, action: Extract<Turn, { student: number }>): void {
  const people = [...site.state.users.values()].filter(({ username }) => /^(student|late)/.test(username))
  const person = people[action.student % people.length]
  if (!person) return
  if (action.do === 'leave') site.unenrol(COURSE, person.id)
  else site.enrol(COURSE, person.id)
}

async function runDoomed(rig: Rig, which: Who, awaits: number): Promise<void> {
  const worker = rig.browsers[which].start(awaits)
  await run(which, worker)
  if (worker.life.isDead) rig.deaths++
  worker.life.end()
}

async function perform(rig: Rig, action: Turn): Promise<void> {
  const { browsers, site } = rig
  switch (action.do) {
    case 'run': {
      const at: Who[] = action.who === 'both' ? [0, 1] : [action.who]
      await Promise.all(at.map((which) => run(which, browsers[which].worker())))
      return
    }
    case 'doomed':
      return runDoomed(rig, action.who, action.awaits)
    case 'trap':
      return void browsers[action.who].wire.trap(action.trap)
    case 'wait':
      return pass(rig, action.seconds)
    case 'join':
      return site.enrol(COURSE, site.addPerson(`late${site.state.users.size}`, 'Late', 'Comer').id)
    case 'kill':
      return browsers[action.who].kill()
    case 'release':
      return letGo(rig, action.who)
    case 'take over':
      return takeOver(rig, action.who)
    case 'pause':
      return pauseAt(rig, action.who)
    case 'resume':
      return resumeAt(rig, action.who)
    case 'ask to pause':
      return askToPause(rig, action.who)
    default:
      return changeStudent(rig, action)
  }
}

const copies = ({ site, ruleId }: Rig) => TEACHERS.flatMap((from) => copiesOf(site, from, ruleId))

/** Whoever is asked whether it arrived looks at Moodle, and says what is true. */
async function settleAt(rig: Rig, which: Who): Promise<void> {
  const there = new Set(copies(rig).map(({ to }) => to))
  await doAt(rig, which, async ({ worker, row, rule }) => {
    if (!rule) return
    const ask = { accountId: row.id, ruleId: rig.ruleId, standing: 'unknown' as const, limit: 10_000 }
    const asked = (await rulePeopleAfter(worker.world.store, ask)).filter(
      ({ trouble }) => trouble?.kind === 'not-proven',
    )
    for (const { userId } of asked) await settlePeople(worker.world, row, rule, [userId], there.has(userId))
  })
}

const isDone = (rig: Rig) => {
  const there = new Set(copies(rig).map(({ to }) => to))
  return studentsNow(rig.site).every((id) => there.has(id))
}

/** Everything works again, both are there, and time goes on. */
async function heal(rig: Rig): Promise<void> {
  for (const browser of rig.browsers) {
    browser.wire.mend()
    browser.kill()
  }
  await pass(rig, LEASE_SECONDS + READ_ANYHOW + LATEST)
  await pass(rig, 1)
  for (let n = 0; n < 14 && !isDone(rig); n++) {
    for (const which of [0, 1] as const) {
      await takeOver(rig, which)
      await resumeAt(rig, which)
      await settleAt(rig, which)
      await doAt(rig, which, async ({ worker, row, rule }) => rule && retry(worker.world, row, rule))
      await doAt(rig, which, ({ worker, row }) => worker.engine.flush(row.id))
      await run(which, rig.browsers[which].worker())
    }
    await pass(rig, n % 3 === 2 ? 3700 : 310)
  }
}

export interface HandOverTally {
  runs: number
  people: number
  takenOver: number
  faults: number
}

export const newHandOverTally = (): HandOverTally => ({ runs: 0, people: 0, takenOver: 0, faults: 0 })

function wrongsOf(rig: Rig): string[] {
  const { site, everMeant, outSince } = rig
  const all = copies(rig)
  const wrong: string[] = []
  for (const { from, to, time } of all) {
    const others = all.filter((other) => other.to === to)
    if (others.length > 1) wrong.push(`${to} got it ${others.length} times, once from ${from}`)
    if (!everMeant.has(to)) wrong.push(`${to} was never meant`)
    // The course is read once an hour; a request that was given up may arrive a little later.
    if (time > (outSince.get(to) ?? time) + 3600 + LATEST) wrong.push(`${to} had left`)
  }
  const there = new Set(all.map(({ to }) => to))
  for (const id of studentsNow(site)) if (!there.has(id)) wrong.push(`${id} did not get it`)
  return wrong
}

/** Plays one rule's life between two computers and counts at the other end. */
export async function playHandOver(
  actions: readonly Turn[],
  students: number,
  tally: HandOverTally,
): Promise<void> {
  const rig = await openRig(students)
  try {
    for (const action of actions) {
      await perform(rig, action)
      noteMeant(rig, studentsNow(rig.site))
    }
    await heal(rig)
    const wrong = wrongsOf(rig)
    tally.runs++
    tally.people += copies(rig).length
    tally.takenOver += rig.takenOver
    tally.faults += rig.deaths + rig.browsers.reduce((sum, { wire }) => sum + wire.mishaps(), 0)
    if (wrong.length > 0) throw new Error(wrong.join('\n'))
  } finally {
    for (const browser of rig.browsers) await browser.close()
  }
}
