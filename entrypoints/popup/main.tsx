import '../../components/page-look.css'
import { render } from 'preact'
import { browser } from 'wxt/browser'
import { Popup } from '../../components/accounts/popup.tsx'
import { preparePage } from '../../components/common/page.ts'
import { createConnection } from '../../components/models/connection.ts'
import { createPopupModel } from '../../components/models/popup.ts'
import { workerLine } from '../../lib/extension/line.ts'
import { patternOf } from '../../lib/extension/sites.ts'
import { besideOpener } from '../../lib/extension/tabs.ts'
import { t } from '../../lib/extension/text.ts'

const tabs = browser.tabs.query({ active: true, currentWindow: true })
const popup = createPopupModel(createConnection(workerLine), {
  tabId: tabs.then(([tab]) => tab?.id),
  requestSite: (wwwroot) => browser.permissions.request({ origins: [patternOf(wwwroot)] }),
})

const [front] = await tabs
const openBeside = front && besideOpener(front.windowId)
const onOpenBeside = openBeside && (() => void openBeside().then(() => window.close()))

render(<Popup popup={popup} onOpenBeside={onOpenBeside} />, preparePage(t('dialogues')))
await popup.begin()
