import { type Figure, figure } from './figures.ts'
import type { LargeStage } from './large-stage.ts'
import { questions } from './words.ts'

const HITS = 20

declare const chrome: { runtime: { sendMessage(message: object): Promise<{ res?: { hits: unknown[] } }> } }

/** Milliseconds from asking the worker until its answer is here, for each of these. */
async function ask({ own }: LargeStage, all: string[]): Promise<number[]> {
  return own.evaluate(
    async ([all, limit]) => {
      const samples: number[] = []
      for (const typed of all) {
        const data = { scope: { kind: 'all' }, typed, limit }
        const began = performance.now()
        await chrome.runtime.sendMessage({ id: 1, type: 'search', data, timestamp: Date.now() })
        samples.push(performance.now() - began)
      }
      return samples
    },
    [all, HITS] as const,
  )
}

export async function measureSearch(stage: LargeStage): Promise<Figure[]> {
  const { simulator, words } = stage.large
  const names = [1, 2, 7].map((n) => {
    const { firstname, lastname } = simulator.user(`student${n}`)
    return `${firstname} ${lastname}`
  })
  const kinds = Object.entries(questions(words.vocabulary, names))
  // The first wakes the worker.
  await ask(stage, ['con'])
  const each = new Map<string, number[]>(kinds.map(([kind]) => [kind, []]))
  for (let turn = 0; turn < Math.ceil(stage.times / 4); turn++)
    for (const [kind, all] of kinds) each.get(kind)?.push(...(await ask(stage, all)))
  const all = [...each.values()].flat()
  return [
    figure(`search, first ${HITS} hits: all kinds of questions`, 'ms', all, 30),
    ...[...each].map(([kind, samples]) => figure(`search, first ${HITS} hits: ${kind}`, 'ms', samples)),
  ]
}
