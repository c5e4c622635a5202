import '../../components/page-look.css'
import { render } from 'preact'
import { browser } from 'wxt/browser'
import { preparePage } from '../../components/common/page.ts'
import { createConnection } from '../../components/models/connection.ts'
import { createSettingsModel } from '../../components/models/settings.ts'
import { Options, tabOfHash } from '../../components/settings/options.tsx'
import { workerLine } from '../../lib/extension/line.ts'
import { t } from '../../lib/extension/text.ts'

const model = createSettingsModel(createConnection(workerLine))

render(
  <Options
    model={model}
    first={tabOfHash(location.hash)}
    version={browser.runtime.getManifest().version}
    requestNotifications={() => browser.permissions.request({ permissions: ['notifications'] })}
    onTab={(tab) => history.replaceState(null, '', `#${tab}`)}
  />,
  preparePage(t('settings')),
)
await model.load()
