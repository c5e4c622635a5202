import { availableParallelism, loadavg } from 'node:os'
import { buildAll, measureSizes } from './builds.ts'
import type { Figure } from './figures.ts'
import { measureFirstSync } from './first-sync.ts'
import { measureLauncher } from './launcher-cost.ts'
import { measureOpening } from './opening.ts'
import { measurePolling } from './polling.ts'
import { openStage, type Stage } from './stage.ts'
import { table } from './table.ts'
import { measureThread } from './thread.ts'

/** Answers on standard output, everything else beside it, so that `--json` can be piped. */
const LONGEST_MS = 270_000
const MEASUREMENTS: [name: string, measure: (stage: Stage) => Promise<Figure[]>][] = [
  ['first sync', measureFirstSync],
  ['polling', measurePolling],
  ['launcher', measureLauncher],
  ['opening', measureOpening],
  ['long thread', measureThread],
]

const began = performance.now()
const flags = new Set(process.argv.slice(2))
const figures: Figure[] = []

function tell(words: string): void {
  console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(3)} s  ${words}`)
}

function print(): void {
  console.log(flags.has('--json') ? JSON.stringify(figures, null, 2) : table(figures))
}

function tellMissed(): void {
  const missed = figures.filter(({ within }) => within === false)
  if (missed.length > 0) tell(`missed: ${missed.map(({ name }) => name).join('; ')}`)
}

async function take(name: string, measure: () => Promise<Figure[]>): Promise<void> {
  // Other work on the machine shows in every millisecond measured.
  tell(`${name} (load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores)`)
  try {
    figures.push(...(await measure()))
  } catch (error) {
    process.exitCode = 1
    console.error(`${name} could not be measured:`, error)
  }
}

const guard = setTimeout(() => {
  console.error(`Stopped after ${LONGEST_MS / 1000} s; this is what was measured until then.`)
  print()
  process.exit(1)
}, LONGEST_MS)

if (!flags.has('--built')) {
  tell('building')
  buildAll()
}
await take('sizes', async () => measureSizes())
tell('starting a school of a thousand conversations, and a browser')
const stage = await openStage()
for (const [name, measure] of MEASUREMENTS) {
  await take(name, () => measure(stage))
}
await stage.close()
clearTimeout(guard)
print()
tellMissed()
