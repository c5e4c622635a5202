import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Finding {
  id: string
  nodes: { target: unknown[]; failureSummary?: string; any: { data?: { messageKey?: string | null } }[] }[]
}

type Run = (context: { include: string[] }) => Promise<{
  violations: Finding[]
  incomplete: Finding[]
  passes: Finding[]
}>

/** Neither a sign, nor scrolled under something, nor any other reason that axe has a name for. */
const isUnexplained = ({ any }: Finding['nodes'][number]) => any.every(({ data }) => !data?.messageKey)

const linesOf = ({ id, nodes }: Finding): string[] =>
  nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`)

/** What axe objects to in these elements and their open shadow roots, one line each; contrast it cannot tell counts. */
export async function violationsIn(page: Page, include: string[]): Promise<string[]> {
  // Said to the debugger, so that neither the extension's nor the page's policy for scripts objects.
  await page.evaluate(`globalThis.axe ??= (() => { ${axe.source}; return globalThis.axe })()`)
  const { violations, incomplete, passes } = await page.evaluate((include) => {
    // Axe sees colours only inside the body, and the panel stands beside it.
    const panel = document.querySelector('html > aside-panel')
    if (panel) document.body.append(panel)
    return (globalThis as unknown as { axe: { run: Run } }).axe.run({ include })
  }, include)
  if (passes.length === 0) throw new Error(`axe found nothing to judge in ${include}`)
  const untold = incomplete
    .filter(({ id }) => id === 'color-contrast')
    .map(({ id, nodes }) => ({ id, nodes: nodes.filter(isUnexplained) }))
  return [...violations, ...untold].flatMap(linesOf)
}
