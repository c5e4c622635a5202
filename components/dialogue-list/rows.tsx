import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { DialogueRow } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { nowSeconds } from '../common/times.ts'
import { isSameRef, refKey } from '../models/ref.ts'
import { Row } from './row.tsx'
import { useVirtual } from './virtual.ts'

const ROW_HEIGHT = 76
/** Rows left below the last one drawn when the next page is asked for. */
const AHEAD = 15

interface Props {
  rows: DialogueRow[]
  hasMore: boolean
  current: DialogueRef | undefined
  siteNames: Map<string, string>
  onOpen: (ref: DialogueRef) => void
  onMore: () => void
}

function step(key: string, index: number, last: number, page: number): number | undefined {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -last, End: last }
  const by = steps[key]
  return by === undefined ? undefined : Math.min(last, Math.max(0, index + by))
}

/** A list with one stop for Tab; arrows, Home, End and Page keys move within it. */
export function Rows({ rows, hasMore, current, siteNames, onOpen, onMore }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState<string | undefined>()
  const wanted = useRef<string | undefined>(undefined)
  const keyOf = (index: number) => keyAt(rows, index)
  const virtual = useVirtual({ count: rows.length, estimate: ROW_HEIGHT, keyOf, scroller })
  const items = virtual.getVirtualItems()
  const drawnTo = items.at(-1)?.index ?? 0
  const found = rows.findIndex((row) => refKey(row.ref) === stop)
  const active = found >= 0 ? found : (items[0]?.index ?? 0)

  useLayoutEffect(() => {
    if (hasMore && drawnTo >= rows.length - AHEAD) onMore()
  }, [hasMore, drawnTo, rows.length])

  useLayoutEffect(() => {
    const row = wanted.current && scroller.current?.querySelector(`[data-key="${CSS.escape(wanted.current)}"]`)
    if (!(row instanceof HTMLElement)) return
    wanted.current = undefined
    row.focus({ preventScroll: true })
  })

  function move(event: KeyboardEvent): void {
    const page = Math.max(1, items.length - 9)
    const next = step(event.key, active, rows.length - 1, page)
    if (next === undefined) return
    event.preventDefault()
    wanted.current = keyOf(next)
    setStop(keyOf(next))
    virtual.scrollToIndex(next)
  }

  return (
    <div class="rows" ref={scroller}>
      <ul class="rows-all" aria-label={t('dialogues')} style={{ blockSize: `${virtual.getTotalSize()}px` }} onKeyDown={move}>
        {items.map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <li
              key={item.key}
              class="rows-item"
              data-index={item.index}
              ref={virtual.measureElement}
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={item.index + 1}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <button
                type="button"
                class="row"
                data-key={refKey(row.ref)}
                data-unread={row.unread > 0}
                aria-current={isSameRef(row.ref, current) ? 'true' : undefined}
                tabIndex={item.index === active ? 0 : -1}
                onFocus={() => setStop(refKey(row.ref))}
                onClick={() => onOpen(row.ref)}
              >
                <Row row={row} now={nowSeconds()} siteName={siteNames.get(row.ref.accountId)} />
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function keyAt(rows: DialogueRow[], index: number): string {
  const row = rows[index]
  return row ? refKey(row.ref) : String(index)
}
