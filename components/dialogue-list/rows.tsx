import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { DialogueRow } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { nowSeconds } from '../common/times.ts'
import { isSameRef, refKey } from '../models/ref.ts'
import { Row } from './row.tsx'

/** Rows that a Page key moves by. */
const PAGE = 8

interface Props {
  rows: DialogueRow[]
  hasMore: boolean
  current: DialogueRef | undefined
  siteNames: Map<string, string>
  onOpen: (ref: DialogueRef) => void
  onMore: () => void
}

function step(key: string, index: number, last: number): number | undefined {
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -last, End: last }[key]
  return by === undefined ? undefined : Math.min(last, Math.max(0, index + by))
}

/**
 * A list with one stop for Tab; arrows, Home, End and Page keys move within it. Pages come in as the end
 * nears, and the style sheet leaves rows out of sight undrawn (`content-visibility`), so that a thousand
 * rows stay quick while the browser's own search and screen readers still know them all.
 */
export function Rows({ rows, hasMore, current, siteNames, onOpen, onMore }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLLIElement>(null)
  const [stop, setStop] = useState<string | undefined>()
  const wanted = useRef<string | undefined>(undefined)
  const active = Math.max(
    0,
    rows.findIndex((row) => refKey(row.ref) === stop),
  )

  useEffect(() => {
    if (!end.current || !hasMore) return
    const near = new IntersectionObserver(
      (seen) => {
        if (seen.some((entry) => entry.isIntersecting)) onMore()
      },
      { root: scroller.current, rootMargin: '0px 0px 1200px' },
    )
    near.observe(end.current)
    return () => near.disconnect()
  }, [hasMore, rows.length, onMore])

  useLayoutEffect(() => {
    const row =
      wanted.current && scroller.current?.querySelector(`[data-key="${CSS.escape(wanted.current)}"]`)
    wanted.current = undefined
    if (row instanceof HTMLElement) row.focus()
  })

  function move(event: KeyboardEvent): void {
    const next = step(event.key, active, rows.length - 1)
    const row = next === undefined ? undefined : rows[next]
    if (!row) return
    event.preventDefault()
    wanted.current = refKey(row.ref)
    setStop(wanted.current)
  }

  const now = nowSeconds()
  return (
    <div class="rows" ref={scroller}>
      <ul class="rows-all" aria-label={t('dialogues')} onKeyDown={move}>
        {rows.map((row, index) => (
          <li key={refKey(row.ref)} class="rows-item">
            <button
              type="button"
              class="row"
              data-key={refKey(row.ref)}
              data-unread={row.unread > 0}
              aria-current={isSameRef(row.ref, current) ? 'true' : undefined}
              tabIndex={index === active ? 0 : -1}
              onFocus={() => setStop(refKey(row.ref))}
              onClick={() => onOpen(row.ref)}
            >
              <Row row={row} now={now} siteName={siteNames.get(row.ref.accountId)} />
            </button>
          </li>
        ))}
        {hasMore && (
          <li class="rows-end" ref={end}>
            {t('reading')}
          </li>
        )}
      </ul>
    </div>
  )
}
