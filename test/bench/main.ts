import { availableParallelism, loadavg } from 'node:os'
import { measureActions } from './actions-cost.ts'
import { buildAll, measureSizes } from './builds.ts'
import type { Figure } from './figures.ts'
import { measureFirstSync } from './first-sync.ts'
import { measureLarge } from './large.ts'
import { measureLauncher } from './launcher-cost.ts'
import { writePage } from './page.ts'
import { measureRules } from './rules.ts'
import { measureSite } from './site.ts'
import { openStage } from './stage.ts'
import { lines, plainTable } from './table.ts'
import { measureTypeCheck } from './type-check.ts'

/**
 * `npm run bench [-- --json] [--quick] [--built] [--only PART,PART] [--config FILE]`: answers on standard output,
 * everything else beside it (each figure as soon as it is measured), so that `--json` can be piped. `--quick` measures
 * little, seldom, and writes no page, nor does `--only`, which takes the parts whose names begin so (`opening`,
 * `two tabs`, …); `--config` names a running Moodle (as `npm run e2e:live`), where the panel is measured beside the
 * site's own message drawer.
 */
const args = process.argv.slice(2)
const flags = new Set(args)
const after = (flag: string) => (flags.has(flag) ? args[args.indexOf(flag) + 1] : undefined)
const config = after('--config')
const only = after('--only')?.split(',')
const isQuick = flags.has('--quick')
const TIMES = isQuick ? 5 : 20
/** Conversations; with the long one, some 22,000, 62,000 and 102,000 messages. */
const SIZES = isQuick ? [200, 600] : [1000, 3000, 5000]
/** A noisy machine takes twice as long; a full run then still comes to its end. */
const LONGEST_MS = isQuick ? 600_000 : 2_400_000

const began = performance.now()
const figures: Figure[] = []
const steps: Figure[] = []

function tell(words: string): void {
  console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(3)} s  ${words}`)
}

const named = () => steps.map((step) => ({ ...step, name: `${step.name}: for 10,000 more messages` }))

function print(): void {
  console.log(
    flags.has('--json') ? JSON.stringify([...figures, ...named()], null, 2) : plainTable(figures, steps),
  )
}

function tellMissed(): void {
  const missed = figures.filter(({ within }) => within === false)
  if (missed.length > 0) tell(`missed: ${missed.map(({ name }) => name).join('; ')}`)
}

const isWanted = (name: string) => only?.some((part) => name.startsWith(part)) ?? true

async function take(name: string, measure: () => Promise<Figure[]>): Promise<Figure[]> {
  if (!isWanted(name)) return []
  // Other work on the machine shows in every millisecond measured.
  tell(`${name} (load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores)`)
  try {
    const measured = await measure()
    for (const line of lines(measured)) tell(`  ${line}`)
    return measured
  } catch (error) {
    process.exitCode = 1
    console.error(`${name} could not be measured:`, error)
    return []
  }
}

const guard = setTimeout(() => {
  console.error(`Stopped after ${LONGEST_MS / 1000} s; this is what was measured until then.`)
  print()
  process.exit(1)
}, LONGEST_MS)

const SMALL = ['first sync', 'launcher', 'actions']

async function measureSmall(): Promise<void> {
  tell('starting a school of a thousand conversations, and a browser')
  const stage = await openStage(TIMES)
  figures.push(...(await take('first sync', () => measureFirstSync(stage))))
  figures.push(...(await take('launcher', () => measureLauncher(stage))))
  figures.push(...(await take('actions', () => measureActions(stage))))
  await stage.close()
}

const loadBefore = loadavg()[0] ?? 0
if (!flags.has('--built')) {
  tell('building')
  buildAll()
}
figures.push(...(await take('sizes', async () => measureSizes())))
figures.push(...(await take('types', async () => measureTypeCheck())))
if (!only || SMALL.some(isWanted)) await measureSmall()
tell(`starting a school of ${SIZES.at(-1)} conversations, and a browser`)
steps.push(...(await measureLarge(take, SIZES, TIMES, (more) => figures.push(...more))))
if (isWanted('rules')) tell('starting a course of a thousand people, and a browser')
figures.push(...(await take('rules', () => measureRules(isQuick))))
if (config !== undefined)
  figures.push(...(await take('the site’s own drawer', () => measureSite(config, TIMES))))
clearTimeout(guard)
print()
tellMissed()
if (!isQuick && !only) tell(`written: ${await writePage(figures, steps, loadBefore)}`)
process.exit()
