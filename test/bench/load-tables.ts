import type { Bunching } from './load-accounts.ts'
import type { Load } from './load-runs.ts'

export interface Measured {
  bySize: { aside: Load; asideOutage: Load; drawer: Load; drawerOutage: Load }[]
  scenarios: Load[]
  talks: { name: string; aside: Load; drawer: Load }[]
  accounts: { now: Bunching; apart: Bunching }
}

type Table = { head: string[]; rows: string[][] }

function text(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3
  return value.toLocaleString('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function count(value: number): string {
  return value.toLocaleString('en-GB')
}

export function loadTable({ bySize }: Measured): Table {
  return {
    head: [
      'users',
      'policy',
      'at rest',
      '9 o’clock',
      'normal peak',
      'after outage',
      'after : normal',
      'same half-hour',
      'after : that',
    ],
    rows: bySize.flatMap(({ aside, asideOutage, drawer, drawerOutage }) =>
      [[aside, asideOutage] as const, [drawer, drawerOutage] as const].map(([usual, outage]) => [
        count(usual.users),
        usual.name,
        text(usual.rest),
        text(usual.nine),
        text(usual.normalPeak),
        text(outage.afterPeak),
        text(outage.afterPeak / usual.normalPeak),
        text(usual.afterPeak),
        text(outage.afterPeak / usual.afterPeak),
      ]),
    ),
  }
}

const FRESH = ['reading', 'in-use', 'idle'] as const

export function freshTable({ scenarios }: Measured): Table {
  return {
    head: [
      'scenario',
      'a day',
      'reading',
      ...FRESH.map((doing) => `wait ${doing}`),
      'busiest 1 s',
      '10 s',
      '10:05 to 10:35',
    ],
    rows: scenarios.map((load) => [
      load.name,
      text(load.perDay),
      text(load.perDayReading),
      ...FRESH.map((doing) => `${text(load.fresh[doing].mean)} (${count(load.fresh[doing].p95)})`),
      ...[load.busiestSecond, load.normalPeak, load.afterPeak].map((value) =>
        text((value / load.users) * 1000),
      ),
    ]),
  }
}

export function talkTable({ talks }: Measured): Table {
  return {
    head: [
      'while reading, a person a day',
      'policy',
      'requests',
      'of them opening',
      'mean wait',
      '95 of 100',
    ],
    rows: talks.flatMap(({ name, aside, drawer }) =>
      [aside, drawer].map((load) => [
        name,
        load.name,
        text(load.perDayReading),
        text(load.perDayOpening),
        text(load.fresh.reading.mean),
        count(load.fresh.reading.p95),
      ]),
    ),
  }
}

export function kindTable({ scenarios }: Measured): Table {
  const kinds = Object.keys(scenarios[0]?.byKind ?? {})
  const shown = scenarios.filter(({ name }) => name === 'Aside' || name === 'drawer')
  return {
    head: ['requests a person a day', ...kinds, 'together'],
    rows: shown.map((load) => [
      load.name,
      ...kinds.map((kind) => text(load.byKind[kind] ?? 0)),
      text(load.perDay),
    ]),
  }
}

export function accountsTable({ accounts: { now, apart } }: Measured): Table {
  const row = (name: string, { inOneSecond, inTenSeconds, meanSeconds }: Bunching) => [
    name,
    count(inOneSecond),
    count(Math.round(inTenSeconds)),
    text(meanSeconds),
  ]
  return {
    head: ['ten accounts in one browser', 'begun in 1 s at most', 'in 10 s', 'seconds between rounds'],
    rows: [row('all due ones at once', now), row('one after another', apart)],
  }
}

function isText(table: Table, column: number): boolean {
  return table.rows.some((row) => /[a-z]/i.test(row[column] ?? ''))
}

export function markdown(table: Table): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const rule = table.head.map((_, i) => (isText(table, i) ? '---' : '---:'))
  return [table.head, rule, ...table.rows].map(line).join('\n')
}

/** The same for a terminal: numbers flush right. */
export function plain(table: Table): string {
  const all = [table.head, ...table.rows]
  const widths = table.head.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0)))
  const cell = (words: string, i: number) =>
    isText(table, i) ? words.padEnd(widths[i] ?? 0) : words.padStart(widths[i] ?? 0)
  return all.map((row) => row.map(cell).join('  ').trimEnd()).join('\n')
}

const BEGIN = '<!-- figures: begin -->'
const END = '<!-- figures: end -->'

/** Puts the figures where the last ones stood. */
export function withFigures(document: string, figures: string): string {
  const from = document.indexOf(BEGIN)
  const to = document.indexOf(END)
  if (from < 0 || to < from) throw new Error(`The document has no place for figures (${BEGIN} … ${END}).`)
  return `${document.slice(0, from + BEGIN.length)}\n\n${figures}\n\n${document.slice(to)}`
}
