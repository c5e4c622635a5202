import { readFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Figure } from './figures.ts'
import { markdown, withFigures } from './load-tables.ts'

const PAGE = fileURLToPath(new URL('../../docs/speed.md', import.meta.url))

const number = (value: number) => value.toLocaleString('en-GB', { maximumFractionDigits: 1 })

function row({ name, unit, median, p95, budget, within }: Figure): string[] {
  const verdict = within === null ? '' : within ? 'ok' : 'missed'
  return [name, unit, number(median), number(p95), budget === null ? '' : number(budget), verdict]
}

function stepRow({ name, median }: Figure): string[] {
  return [name, median.toLocaleString('en-GB', { maximumFractionDigits: 2 })]
}

/** Under which conditions, and what was measured. */
export function figuresOf(figures: readonly Figure[], steps: readonly Figure[], where: string): string {
  const head = ['measure', 'unit', 'median', 'p95', 'budget', 'verdict']
  const more = ['for 10,000 more messages in the store', 'ms']
  return [
    where,
    markdown({ head, rows: figures.map(row) }),
    markdown({ head: more, rows: steps.map(stepRow) }),
  ].join('\n\n')
}

export async function writePage(
  figures: readonly Figure[],
  steps: readonly Figure[],
  load: number,
): Promise<string> {
  const day = new Date().toISOString().slice(0, 10)
  const where = `Printed by \`npm run bench\` on ${day}, in headless Chromium on ${cpus().length} cores, without a GPU; other programs kept ${load.toFixed(1)} cores busy when it began.`
  await writeFile(PAGE, withFigures(await readFile(PAGE, 'utf8'), figuresOf(figures, steps, where)))
  return 'docs/speed.md'
}
