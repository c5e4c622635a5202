import type { Reporter, TestCase, TestModule } from 'vitest/node'

type Verdict = 'ok' | 'no' | 'not asked' | 'out of reach'
type Row = { session?: Verdict; rest?: Verdict }

function verdictOn(test: TestCase, reaches: boolean): Verdict {
  const { state } = test.result()
  if (state === 'skipped') return 'not asked'
  if (state !== 'passed') return 'no'
  return reaches ? 'ok' : 'out of reach'
}

function rowsOf(tests: readonly TestCase[]): Map<string, Row> {
  const rows = new Map<string, Row>()
  for (const test of tests) {
    const { agreement } = test.meta()
    if (!agreement) continue
    const { wsfunction, transport, reaches } = agreement
    rows.set(wsfunction, { ...rows.get(wsfunction), [transport]: verdictOn(test, reaches) })
  }
  return rows
}

function printTable(rows: Map<string, Row>): void {
  const width = Math.max(8, ...Array.from(rows.keys(), (name) => name.length))
  console.log(`\n${'function'.padEnd(width)}  ${'session'.padEnd(12)}  token`)
  for (const [name, { session = 'not asked', rest = 'not asked' }] of rows) {
    console.log(`${name.padEnd(width)}  ${session.padEnd(12)}  ${rest}`)
  }
}

/** Function by function what agrees, then the numbers. */
export default class AgreementReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => Array.from(module.children.allTests()))
    printTable(rowsOf(tests))
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const broken = errors.length + modules.filter((module) => module.errors().length > 0).length
    const skipped = count('skipped')
    if (skipped > 0) console.log(`\n${skipped} not asked`)
    console.log(`\n${count('passed')} passed, ${count('failed') + broken} failed`)
  }
}
