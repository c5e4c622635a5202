import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { accountsTogether } from './load-accounts.ts'
import { at } from './load-day.ts'
import { plot } from './load-plot.ts'
import { randomFrom } from './load-random.ts'
import { MOST_SIMULATED, OUTAGE, type Run, run, SCENARIOS, scaled, TALKS } from './load-runs.ts'
import {
  accountsTable,
  freshTable,
  kindTable,
  loadTable,
  type Measured,
  markdown,
  plain,
  talkTable,
  withFigures,
} from './load-tables.ts'

/** Answers on standard output, everything else beside it, so that `--json` can be piped. */
const flags = new Set(process.argv.slice(2))
const began = performance.now()
const SIZES = [10, 100, 1000, 10_000, 100_000, 1_000_000]

function tell(words: string): void {
  console.error(`${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s  ${words}`)
}

type Name = keyof typeof SCENARIOS
const NAMES = Object.keys(SCENARIOS) as Name[]

/** Everything at the greatest number that is simulated one by one. */
const large = Object.fromEntries(
  NAMES.map((name) => {
    tell(`${SCENARIOS[name].name}: ${MOST_SIMULATED.toLocaleString('en-GB')} users`)
    return [name, run(SCENARIOS[name], MOST_SIMULATED)]
  }),
) as Record<Name, Run>

function sized(users: number): Measured['bySize'][number] {
  const of = (name: Name) =>
    users > MOST_SIMULATED ? scaled(large[name], users) : run(SCENARIOS[name], users).load
  return {
    aside: of('aside'),
    asideOutage: of('asideOutage'),
    drawer: of('drawer'),
    drawerOutage: of('drawerOutage'),
  }
}

const measured: Measured = {
  bySize: SIZES.map((users) => {
    tell(`${users.toLocaleString('en-GB')} users`)
    return sized(users)
  }),
  scenarios: NAMES.map((name) => large[name].load),
  talks: TALKS.map(({ name, talk }) => {
    tell(name)
    const of = (who: 'aside' | 'drawer') => run({ ...SCENARIOS[who], talk }, 10_000).load
    return { name, aside: of('aside'), drawer: of('drawer') }
  }),
  accounts: {
    now: accountsTogether(10, 8 * 3600, randomFrom(1), false),
    apart: accountsTogether(10, 8 * 3600, randomFrom(1), true),
  },
}

const tables = [loadTable, freshTable, talkTable, kindTable, accountsTable].map((make) => make(measured))

const picture = plot([
  {
    title: 'An ordinary day (means of a minute)',
    curves: [
      { name: 'Aside', colour: 'ours', perUserSecond: large.aside.perUserSecond },
      { name: 'Moodle’s drawer', colour: 'theirs', perUserSecond: large.drawer.perUserSecond },
    ],
    from: at(8),
    to: at(17),
    step: 60,
    tickSeconds: 3600,
  },
  {
    title: 'Aside and an outage from 9:55 to 10:05 (means of ten seconds)',
    curves: [
      { name: 'ordinary day', colour: 'ordinary', perUserSecond: large.aside.perUserSecond },
      { name: 'outage', colour: 'ours', perUserSecond: large.asideOutage.perUserSecond },
      { name: 'Retry-After: its end', colour: 'theirs', perUserSecond: large.asideDate.perUserSecond },
    ],
    from: OUTAGE.from - 300,
    to: OUTAGE.to + 1800,
    step: 10,
    tickSeconds: 300,
    line: { at: (1.5 * large.aside.load.normalPeak * 1000) / MOST_SIMULATED, name: '1.5 × normal peak' },
  },
])

const docs = (name: string) => fileURLToPath(new URL(`../../docs/${name}`, import.meta.url))
await writeFile(docs('load.svg'), picture)
const page = await readFile(docs('load.md'), 'utf8')
await writeFile(docs('load.md'), withFigures(page, tables.map(markdown).join('\n\n')))
tell('written: docs/load.md, docs/load.svg')
console.log(flags.has('--json') ? JSON.stringify(measured, null, 2) : tables.map(plain).join('\n\n'))
