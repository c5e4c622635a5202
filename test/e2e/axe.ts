import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Run = (context: { include: string[] }) => Promise<{
  violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[]
  passes: unknown[]
}>

/** What axe objects to in these elements and their open shadow roots, one line each. */
export async function violationsIn(page: Page, include: string[]): Promise<string[]> {
  // Said to the debugger, so that neither the extension's nor the page's policy for scripts objects.
  await page.evaluate(`globalThis.axe ??= (() => { ${axe.source}; return globalThis.axe })()`)
  const { violations, passes } = await page.evaluate(
    (include) => (globalThis as unknown as { axe: { run: Run } }).axe.run({ include }),
    include,
  )
  if (passes.length === 0) throw new Error(`axe found nothing to judge in ${include}`)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  )
}
