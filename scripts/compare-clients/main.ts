import { readFileSync, writeFileSync } from 'node:fs'
import { type Client, installClients } from './clients.ts'
import { type Measured, measure } from './measure.ts'
import { meet, mishaps } from './mishaps.ts'
import { openStage, type Stage } from './stage.ts'
import { type TaskName, taskNames } from './task.ts'

/** `npm run compare:clients` prints the tables; with `--write` it puts them into the page. */
const PAGE = 'docs/coming-from-another-client.md'
const MARKED = /(<!-- figures -->\n)[\s\S]*(<!-- end of figures -->)/

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const cell = ({ lines, requests, ms, result }: Measured): string =>
  typeof result === 'string' ? result.slice(0, 60) : `${lines} · ${requests} · ${ms}`

async function taskRow(stage: Stage, clients: readonly Client[], name: TaskName): Promise<string[]> {
  const cells: string[] = [taskNames[name]]
  for (const { tasks } of clients) {
    const task = tasks[name]
    const measured = task && (await measure(stage, task))
    if (measured) console.error(`${name}: ${measured.result}`)
    cells.push(measured ? cell(measured) : '–')
  }
  return cells
}

async function mishapRow(stage: Stage, clients: readonly Client[], mishap: (typeof mishaps)[number]) {
  const cells: string[] = [mishap.name]
  for (const client of clients) cells.push(await meet(stage, client, mishap))
  return cells
}

async function tables(): Promise<string> {
  const clients = await installClients()
  const stage = await openStage()
  const names = clients.map(({ name }) => name)
  const tasks: string[][] = []
  for (const name of Object.keys(taskNames) as TaskName[]) tasks.push(await taskRow(stage, clients, name))
  const errors: string[][] = []
  for (const mishap of mishaps) errors.push(await mishapRow(stage, clients, mishap))
  await stage.simulator.close()
  return [
    'Lines written · requests sent · median milliseconds of seven; – where the package has no way to do it.',
    '',
    table(['task', ...names], tasks),
    '',
    'What the caller is told:',
    '',
    table(['what happens', ...names], errors),
    '',
  ].join('\n')
}

const figures = await tables()
console.log(figures)
if (process.argv.includes('--write')) {
  const page = readFileSync(PAGE, 'utf8')
  writeFileSync(
    PAGE,
    page.replace(MARKED, (_, begin, end) => `${begin}\n${figures}\n${end}`),
  )
}
// The oldest of them keeps connections open.
process.exit(0)
