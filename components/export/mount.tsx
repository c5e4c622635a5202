import { render } from 'preact'
import type { Line } from '../models/connection.ts'
import { leaveAsIs } from '../models/connection.ts'
import { refsInHash } from '../models/ref.ts'
import { ExportPage } from './export-page.tsx'

/** What the page's address names, to be printed or saved. */
export function mountExport(root: HTMLElement, line: Line): void {
  const refs = refsInHash(location.hash)
  const read = () => line.ask('exported', { refs }).catch(leaveAsIs)
  render(<ExportPage read={read} />, root)
  addEventListener('hashchange', () => location.reload())
}
