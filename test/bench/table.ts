import type { Figure } from './figures.ts'

const HEAD = ['what', 'unit', 'median', 'p95', 'budget', '']

function cells({ name, unit, median, p95, budget, within }: Figure): string[] {
  const verdict = within === null ? '' : within ? 'ok' : 'MISSED'
  return [name, unit, text(median), text(p95), budget === null ? '' : text(budget), verdict]
}

function text(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 1 })
}

/** Names and verdicts stand at the left of their column, numbers at the right. */
function line(row: string[], widths: number[]): string {
  const padded = row.map((cell, i) => {
    const width = widths[i] ?? 0
    return i >= 2 && i <= 4 ? cell.padStart(width) : cell.padEnd(width)
  })
  return padded.join('  ').trimEnd()
}

/** The same for a terminal, with what ten thousand more messages cost. */
export function plainTable(figures: readonly Figure[], steps: readonly Figure[]): string {
  const more = steps.map(({ name, median }) => `${text(median).padStart(8)} ms  ${name}`)
  return [table(figures), ...(more.length > 0 ? ['', 'for 10,000 more messages:', ...more] : [])].join('\n')
}

/** Each figure by itself, as soon as it is known. */
export function lines(figures: readonly Figure[]): string[] {
  return figures.map(({ name, unit, median, p95, budget, within }) => {
    const judged = budget === null ? '' : `, ${within ? 'ok' : 'MISSED'} (${text(budget)})`
    return `${name}: ${text(median)} ${unit} (p95 ${text(p95)})${judged}`
  })
}

export function table(figures: readonly Figure[]): string {
  const rows = [HEAD, ...figures.map(cells)]
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const [head = '', ...rest] = rows.map((row) => line(row, widths))
  return [head, '-'.repeat(Math.max(...[head, ...rest].map(({ length }) => length))), ...rest].join('\n')
}
