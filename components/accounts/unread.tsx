import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { plural, t } from '../../lib/extension/text.ts'
import { nowSeconds } from '../common/times.ts'
import { Row } from '../dialogue-list/row.tsx'
import type { PopupModel } from '../models/popup.ts'
import { refKey } from '../models/ref.ts'

/** How many rows can be seen whole: drawn all at first, measured, and the rest taken away before anybody sees it. */
function useWhole<Item>(rows: Item[], beside: unknown) {
  const list = useRef<HTMLUListElement>(null)
  const [whole, setWhole] = useState({ rows: [] as Item[], beside: undefined as unknown, count: 0 })
  const isMeasured = whole.rows === rows && whole.beside === beside
  useLayoutEffect(() => {
    if (!list.current || isMeasured) return
    const end = list.current.getBoundingClientRect().bottom + 1
    const seen = [...list.current.children].filter((row) => row.getBoundingClientRect().bottom <= end)
    setWhole({ rows, beside, count: Math.max(1, seen.length) })
  })
  return { list, shown: isMeasured ? rows.slice(0, whole.count) : rows, isMeasured }
}

/** The unread dialogues that fit, none of them cut; how many more there are, and the way to them. */
export function Unread({ popup }: { popup: PopupModel }) {
  const rows = popup.rows.value
  const accounts = popup.accounts.value
  const { list, shown, isMeasured } = useWhole(rows ?? [], accounts)
  const siteOf = (id: string) =>
    popup.several.value ? accounts.find((account) => account.id === id)?.siteName : undefined
  if (!rows || rows.length === 0) return <p class="hint popup-part">{t('emptyUnread')}</p>
  const more = popup.unread.value - shown.length
  return (
    <>
      <ul class="popup-rows" aria-label={t('filterUnread')} ref={list}>
        {shown.map((row) => (
          <li key={refKey(row.ref)} class="rows-item">
            <button type="button" class="row" data-unread="true" onClick={() => popup.show(row.ref)}>
              <Row row={row} now={nowSeconds()} siteName={siteOf(row.ref.accountId)} />
            </button>
          </li>
        ))}
      </ul>
      {(more > 0 || !isMeasured) && (
        <button type="button" class="text-button popup-more" onClick={() => popup.openPage('inbox')}>
          {plural('moreUnread', more)}
        </button>
      )}
    </>
  )
}
