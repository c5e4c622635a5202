import '../../components/page-look.css'
import { preparePage } from '../../components/common/page.ts'
import { mountInbox } from '../../components/panel/inbox.tsx'
import { workerLine } from '../../lib/extension/line.ts'
import { t } from '../../lib/extension/text.ts'

await mountInbox(preparePage(t('inbox')), workerLine)
