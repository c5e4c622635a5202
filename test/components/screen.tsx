import { cleanup, render } from '@testing-library/preact'
import axe from 'axe-core'
import type { ComponentChildren } from 'preact'
import { afterEach, beforeEach, vi } from 'vitest'
import { createConnection } from '../../components/models/connection.ts'
import { createFakeWorker } from './fake-worker.ts'
import { speak } from './words.ts'

/** Every test begins with words and ends with an empty page. */
export function useScreen(): void {
  beforeEach(() => {
    speak()
    vi.stubGlobal('IntersectionObserver', SeesNothing)
  })
  afterEach(() => {
    cleanup()
    document.body.replaceChildren()
    vi.unstubAllGlobals()
  })
}

/** Without layout nothing is ever in sight. */
class SeesNothing {
  observe(): void {}
  disconnect(): void {}
}

export function draw(children: ComponentChildren) {
  return render(<div class="aside">{children}</div>)
}

export function createOffice() {
  const { line, world } = createFakeWorker()
  return { world, line, connection: createConnection(line) }
}

/** Rules that need layout or a whole page say nothing here. */
const OFF = [
  'color-contrast',
  'region',
  'landmark-one-main',
  'page-has-heading-one',
  'scrollable-region-focusable',
]

export async function violations(element: Element = document.body): Promise<string[]> {
  const rules = Object.fromEntries(OFF.map((rule) => [rule, { enabled: false }]))
  const found = await axe.run(element, { rules })
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
