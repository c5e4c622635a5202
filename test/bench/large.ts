import { type Figure, figure } from './figures.ts'
import { type LargeStage, openLargeStage } from './large-stage.ts'
import { measureNews, measureReading } from './news.ts'
import { measureOpening } from './opening.ts'
import { measurePicking } from './picking.ts'
import { measurePolling } from './polling.ts'
import { measureSearch } from './searching.ts'
import { type Sized, slopes } from './slopes.ts'
import { measureScrolling, measureThread } from './thread.ts'
import { measureWeight } from './weight.ts'
import { measureYardstick } from './yardstick.ts'

type Measure = [name: string, measure: (stage: LargeStage) => Promise<Figure[]>]
export type Take = (name: string, measure: () => Promise<Figure[]>) => Promise<Figure[]>

/** What is on screen or searched: measured at each size, since none of it may depend on that. */
const AT_EACH_SIZE: Measure[] = [
  ['opening', measureOpening],
  ['dialogues', measureThread],
  ['search', measureSearch],
]

const AT_FULL_SIZE: Measure[] = [
  ['yardstick', measureYardstick],
  ['polling', measurePolling],
  ['a new message', measureNews],
  ['two tabs', measureReading],
  ['recipients', measurePicking],
  ['scrolling', measureScrolling],
  ['weight', measureWeight],
]

async function takeAll(take: Take, stage: LargeStage, measures: Measure[], where: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, measure] of measures)
    figures.push(...(await take(`${name}, ${where}`, () => measure(stage))))
  return figures
}

async function fill(
  stage: LargeStage,
  conversations: number,
): Promise<{ messages: number; figures: Figure[] }> {
  const { messages, indexed } = await stage.fill(conversations)
  const thousands = indexed.messages / 1000
  return {
    messages,
    figures: [
      figure('the search index: taking in 1,000 messages', 'ms', [indexed.ms / thousands]),
      figure('the search index: longest batch', 'ms', [indexed.longestMs]),
    ],
  }
}

/** A store of up to five thousand conversations and a hundred thousand messages; answers with what more of them cost. */
export async function measureLarge(
  take: Take,
  sizes: readonly number[],
  times: number,
  put: (figures: Figure[]) => void,
): Promise<Figure[]> {
  const stage = await openLargeStage(sizes.at(-1) ?? 0, times)
  const measured: Sized[] = []
  for (const conversations of sizes) {
    let messages = 0
    const filled = await take(`filling the store, ${conversations} conversations`, async () => {
      const done = await fill(stage, conversations)
      messages = done.messages
      return done.figures
    })
    const where = `${messages} messages`
    measured.push({ messages, figures: await takeAll(take, stage, AT_EACH_SIZE, where) })
    if (conversations !== sizes.at(-1)) continue
    put([...(measured.at(-1)?.figures ?? []), ...filled])
    for (const measure of AT_FULL_SIZE) put(await takeAll(take, stage, [measure], where))
  }
  await stage.close()
  return slopes(measured)
}
