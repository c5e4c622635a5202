import '../../components/page-look.css'
import '../../components/export/paper.css'
import '../../components/export/export.css'
import { render } from 'preact'
import { preparePage } from '../../components/common/page.ts'
import { ExportPage } from '../../components/export/export-page.tsx'
import { leaveAsIs } from '../../components/models/connection.ts'
import { refsInHash } from '../../components/models/ref.ts'
import { workerLine } from '../../lib/extension/line.ts'
import { t } from '../../lib/extension/text.ts'

const refs = refsInHash(location.hash)
const read = () => workerLine.ask('exported', { refs }).catch(leaveAsIs)

render(<ExportPage read={read} />, preparePage(t('export')))
addEventListener('hashchange', () => location.reload())
