import { type Figure, figure, median } from './figures.ts'
import {
  bareCalls,
  CHUNK,
  filed,
  openStage,
  previewed,
  runRule,
  type Stage,
  timesOfSends,
} from './rules-stage.ts'
import { liveDuring, peakDuring } from './weight.ts'

const CALL_MS = 20
const FEW = 1000
/** More than may leave in a day: the first 2,000 do. */
const MANY = 10_000
const DAILY = 2000
/** Beyond what was promised for few people, in the worker's heap. */
const FLAT = 1.1
/** Each in a browser of its own. */
const RUNS = 5

/** Milliseconds from the click on the rule until its table is painted, in the tab for teachers. */
async function openings({ person }: Stage, times: number): Promise<number[]> {
  const page = await person.own('options.html#teachers')
  const samples: number[] = []
  for (let n = 0; n < times; n++) {
    await page.locator('.rules .rule').first().waitFor()
    samples.push(
      await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const rule = document.querySelector<HTMLElement>('.rules .rule')
            const before = performance.now()
            const seen = new MutationObserver(() => {
              if (document.querySelectorAll('.ledger tbody tr').length < 20) return
              seen.disconnect()
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - before)))
            })
            seen.observe(document.body, { childList: true, subtree: true })
            rule?.click()
          }),
      ),
    )
    await page.getByRole('button', { name: 'All rules' }).click()
  }
  await page.close()
  return samples
}

interface Run {
  sends: number
  /** Milliseconds from the first answer until everybody is accounted for. */
  took: number
  bare: number
  shown: number[]
}

/** A rule that nothing watches, and the bare requests after it. */
async function measureRun(samples: number): Promise<Run> {
  const stage = await openStage(FEW)
  try {
    const ruleId = await previewed(stage)
    const times = timesOfSends(stage.simulator)
    stage.simulator.faults.add({ kind: 'latency', ms: CALL_MS })
    const end = await runRule(stage, ruleId, FEW)
    const [sends, took] = [times.length, end - (times[0] ?? end)]
    await filed(stage)
    const bare = await bareCalls(stage, FEW / CHUNK, times)
    stage.simulator.faults.clear()
    return { sends, took, bare, shown: await openings(stage, samples) }
  } finally {
    await stage.close()
  }
}

async function measureFew(isQuick: boolean): Promise<Figure[]> {
  const runs: Run[] = []
  while (runs.length < (isQuick ? 1 : RUNS)) runs.push(await measureRun(3))
  const each = (of: (run: Run) => number) => runs.map(of)
  return [
    figure(
      'a rule to 1,000 people: requests that send',
      'requests',
      each(({ sends }) => sends),
      FEW / CHUNK,
    ),
    figure(
      'a rule to 1,000 people: from the first answer until all are accounted for',
      'ms',
      each(({ took }) => took),
    ),
    figure(
      'the same requests with nothing around them',
      'ms',
      each(({ bare }) => bare),
    ),
    figure(
      'a rule beside the bare requests',
      'percent',
      each(({ took, bare }) => (100 * took) / bare),
      110,
    ),
    figure(
      'click on a rule to the first screenful of its 1,000 people',
      'ms',
      runs.flatMap(({ shown }) => shown),
      100,
    ),
  ]
}

/** A rule to so many, from its start until what leaves on one day has left and is filed. */
async function heapOf<T>(
  people: number,
  weigh: (stage: Stage, run: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const stage = await openStage(people)
  try {
    const ruleId = await previewed(stage)
    return await weigh(stage, async () => {
      await runRule(stage, ruleId, Math.min(people, DAILY))
      await filed(stage)
    })
  } finally {
    await stage.close()
  }
}

const peakOf = (people: number) => heapOf(people, async (stage, run) => (await peakDuring(stage, run)).peak)

function liveOf(people: number): Promise<number[]> {
  return heapOf(people, (stage, run) => {
    const times = timesOfSends(stage.simulator)
    return liveDuring(stage, () => times.length > 0, run)
  })
}

/** What sending to many costs beside the sending itself, and whether it grows with how many they are. */
export async function measureRules(isQuick: boolean): Promise<Figure[]> {
  const figures = await measureFew(isQuick)
  const few = await liveOf(FEW)
  const ofFew = [
    figure('a rule to 1,000 people: the worker’s heap at most', 'bytes', [await peakOf(FEW)]),
    figure('a rule to 1,000 people: of that, what is in use', 'bytes', few),
  ]
  if (isQuick) return [...figures, ...ofFew]
  return [
    ...figures,
    ...ofFew,
    figure('a rule to 10,000 people: the worker’s heap at most', 'bytes', [await peakOf(MANY)]),
    figure(
      'a rule to 10,000 people: of that, what is in use',
      'bytes',
      await liveOf(MANY),
      median(few) * FLAT,
    ),
  ]
}
