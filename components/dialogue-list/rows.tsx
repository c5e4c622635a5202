import { type ComponentChildren, Fragment, type RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { DialogueRow, Grouping, RowGroup } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { useDrawn } from '../common/drawn.ts'
import { isLost } from '../common/focus.ts'
import { Icon } from '../common/icon.tsx'
import { titleOf } from '../common/people.ts'
import { dayOf, nowSeconds } from '../common/times.ts'
import { isSameRef, refKey } from '../models/ref.ts'
import type { Selection } from '../models/selection.ts'
import { GroupHead } from './group-head.tsx'
import { Row } from './row.tsx'

/** Rows that a Page key moves by. */
const PAGE = 8

interface Props {
  rows: DialogueRow[]
  hasMore: boolean
  current: DialogueRef | undefined
  siteNames: Map<string, string>
  onOpen: (ref: DialogueRef) => void
  /** It may be opened in a moment. */
  onNear: (ref: DialogueRef) => void
  onMore: () => void
  group: Grouping
  groups: RowGroup[]
  selection: Selection
  /** Where a dialogue's page opens; undefined: in a tab of its own. */
  onOpenPage: '_top' | undefined
  /** What stands before the row of this index, and after the last. */
  between?: (index: number) => ComponentChildren
}

interface ItemProps extends Pick<Props, 'selection' | 'onOpen' | 'onNear' | 'onOpenPage'> {
  row: DialogueRow
  isCurrent: boolean
  isStop: boolean
  onFocus: () => void
  children: ComponentChildren
}

function Item({ row, isCurrent, isStop, selection, onFocus, children, ...deeds }: ItemProps) {
  const { onOpen, onNear, onOpenPage } = deeds
  const key = refKey(row.ref)
  const isSelected = selection.keys.value.has(key)
  return (
    <li class="rows-item" data-selected={isSelected}>
      {selection.isOn.value && (
        <input
          type="checkbox"
          class="row-box"
          checked={isSelected}
          tabIndex={isStop ? 0 : -1}
          aria-label={t('selectRow', titleOf(row))}
          onChange={() => selection.toggle(row)}
        />
      )}
      <button
        type="button"
        class="row"
        data-key={key}
        data-unread={row.unread > 0 || row.unreadAgain}
        aria-current={isCurrent ? 'true' : undefined}
        tabIndex={isStop ? 0 : -1}
        onFocus={onFocus}
        onPointerDown={() => onNear(row.ref)}
        onClick={() => onOpen(row.ref)}
      >
        {children}
      </button>
      {row.about && (
        <a
          class="row-page icon-button"
          tabIndex={isStop ? 0 : -1}
          href={`${row.about.url.replace(/#.*$/s, '')}#dialogue=${row.ref.dialogueId}`}
          target={onOpenPage ?? '_blank'}
          rel="noreferrer"
          title={t('openPageOf', row.about.name)}
          aria-label={t('openPageOf', row.about.name)}
        >
          <Icon name="leave" />
        </a>
      )}
    </li>
  )
}

function isFirstOfGroup(rows: DialogueRow[], index: number): boolean {
  const [row, before] = [rows[index], rows[index - 1]]
  return before?.group !== row?.group || before?.ref.accountId !== row?.ref.accountId
}

function step(key: string, index: number, last: number): number | undefined {
  const by = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE, Home: -last, End: last }[key]
  return by === undefined ? undefined : Math.min(last, Math.max(0, index + by))
}

/** A row that goes while it has the focus hands it to the one that stands for the list. */
function useFocusHandedOn(scroller: RefObject<HTMLElement | null>) {
  const focused = useRef<Element | undefined>(undefined)
  useLayoutEffect(() => {
    if (!focused.current || focused.current.isConnected) return
    focused.current = undefined
    if (isLost(scroller.current)) scroller.current?.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus()
  })
  return {
    onFocusIn(event: FocusEvent): void {
      focused.current = event.target as Element
    },
    /** What is taken away is gone a moment later; what was left is still there. */
    onFocusOut(event: FocusEvent): void {
      const left = event.target as Element
      queueMicrotask(() => {
        if (left.isConnected && focused.current === left) focused.current = undefined
      })
    },
  }
}

/**
 * A list with one row for Tab to stop at; arrows, Home, End and Page keys move within it. Pages come in as the end
 * nears, and the style sheet leaves rows out of sight undrawn (`content-visibility`), so that a thousand
 * rows stay quick while the browser's own search and screen readers still know them all.
 */
export function Rows({ rows, hasMore, current, siteNames, onOpen, onNear, onMore, ...more }: Props) {
  const { group, groups, selection, onOpenPage, between } = more
  const scroller = useRef<HTMLDivElement>(null)
  const end = useRef<HTMLLIElement>(null)
  const [stop, setStop] = useState<string | undefined>()
  const wanted = useRef<string | undefined>(undefined)
  const handing = useFocusHandedOn(scroller)
  const drawn = useDrawn<DialogueRow>()
  const inside = useDrawn<DialogueRow>()
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
  function item(row: DialogueRow, isStop: boolean) {
    const siteName = siteNames.get(row.ref.accountId)
    const isCurrent = isSameRef(row.ref, current)
    const how = [dayOf(now), siteName].join()
    return drawn(row, [isCurrent, isStop, how].join(), () => (
      <Item
        {...{ row, isCurrent, isStop, selection, onOpen, onNear, onOpenPage }}
        onFocus={() => setStop(refKey(row.ref))}
      >
        {inside(row, how, () => (
          <Row row={row} now={now} siteName={siteName} />
        ))}
      </Item>
    ))
  }
  return (
    <div class="rows" ref={scroller}>
      <ul class="rows-all" aria-label={t('dialogues')} onKeyDown={move} {...handing}>
        {rows.map((row, index) => (
          <Fragment key={refKey(row.ref)}>
            {group !== 'none' && isFirstOfGroup(rows, index) && (
              <GroupHead
                row={row}
                group={group}
                counts={groups.find(
                  ({ key, accountId }) => key === row.group && accountId === row.ref.accountId,
                )}
              />
            )}
            {between?.(index)}
            {item(row, index === active)}
          </Fragment>
        ))}
        {!hasMore && between?.(rows.length)}
        {hasMore && (
          <li class="rows-end" ref={end}>
            {t('reading')}
          </li>
        )}
      </ul>
    </div>
  )
}
