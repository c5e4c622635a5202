import { render } from 'preact'
import { PROTOCOL_VERSION } from '../../lib/extension/protocol.ts'
import { t } from '../../lib/extension/text.ts'
import { createConnection, type Line, leaveAsIs } from '../models/connection.ts'
import { createDeskModel } from '../models/desk.ts'
import { PAGE_OF_ROWS } from '../models/list.ts'
import { refInHash } from '../models/ref.ts'
import { Desk } from './desk.tsx'

function isSeen(): boolean {
  return document.visibilityState === 'visible'
}

/** All accounts: in a tab, and as the browser's side panel. */
export async function mountInbox(root: HTMLElement, line: Line): Promise<void> {
  const connection = createConnection(line)
  const query = { scope: { kind: 'all' }, filter: 'all', limit: PAGE_OF_ROWS } as const
  const hello = await connection.ask('hello', { version: PROTOCOL_VERSION, query }).catch(leaveAsIs)
  if (!hello) {
    render(
      <p class="empty" role="alert">
        {t('reloadPage')}
      </p>,
      root,
    )
    return
  }
  const desk = createDeskModel(connection, { hello, isVisible: isSeen })
  const openNamed = () => {
    const ref = refInHash(location.hash)
    if (ref) desk.open(ref, false)
  }
  openNamed()
  addEventListener('hashchange', openNamed)
  addEventListener('pagehide', () => desk.flush())
  if (!hello.first?.counts) desk.list.load()
  await desk.loadAccounts()
  render(
    <main class="desk-frame">
      <h1 class="unseen">{t('name')}</h1>
      <Desk desk={desk} />
    </main>,
    root,
  )
}
