import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { BegunRow } from '../../lib/dialogue/begun.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import { nameOf, placeText } from '../common/people.ts'
import { isoText, nowSeconds, shortText, wholeText } from '../common/times.ts'
import type { BegunModel, Fate } from '../models/begun.ts'
import type { DeskModel } from '../models/desk.ts'
import { wholeName } from '../recipients/options.tsx'

function toWords({ to, more }: BegunRow): string {
  if (to.length === 0) return t('begunToNobody')
  const names = to.map((one) => (one.kind === 'person' ? nameOf(one.person) : wholeName(one)))
  return t('begunTo', [names.join(', '), ...(more > 0 ? [plural('morePeople', more)] : [])].join(' '))
}

interface Props {
  row: BegunRow
  siteName: string | undefined
  begun: BegunModel
}

/** Half-written: whom it would go to, what it is about, how it begins. */
function Begun({ row, siteName, begun }: Props) {
  const title = row.subject ?? t('begunNoSubject')
  const place = [siteName, placeText({ kind: 'individual', people: [], ...row })].filter(Boolean).join(' · ')
  return (
    <li class="rows-item begun-row">
      <button type="button" class="row" onClick={() => void begun.open(row)}>
        <span class="row-head">
          <span class="row-title private" dir="auto">
            {title}
          </span>
          <time class="row-time" dateTime={isoText(row.timeChanged)} title={wholeText(row.timeChanged)}>
            <bdi>{shortText(row.timeChanged, nowSeconds())}</bdi>
          </time>
        </span>
        <span class="row-line private" dir="auto">
          <span class="row-who">{toWords(row)}</span> · {row.words}
        </span>
        <span class="row-line row-place">
          <span class="row-draft">{t('begunNotSent')}</span>
          <span class="private">{place}</span>
        </span>
      </button>
      <IconButton
        icon="close"
        class="icon-button begun-throw"
        label={t('throwAwayDraft', title)}
        onClick={() => void begun.throwAway(row)}
      />
    </li>
  )
}

const FATES = { thrown: 'draftThrownAway', unreturned: 'draftNotReturned', stuck: 'draftStuck' } as const

/** What became of the last one that was thrown away, and the way back. */
export function BegunFate({ fate, onUndo }: { fate: Fate; onUndo: () => void }) {
  const undo = useRef<HTMLButtonElement>(null)
  // The row that had the focus is gone.
  useLayoutEffect(() => undo.current?.focus(), [fate])
  return (
    <p class="begun-fate">
      {t(FATES[fate.state])}{' '}
      {fate.state !== 'stuck' && (
        <button type="button" class="text-button" ref={undo} onClick={onUndo}>
          {t(fate.state === 'thrown' ? 'undo' : 'tryAgain')}
        </button>
      )}
    </p>
  )
}

/** Before the dialogues that have a draft stand those that are nothing but a draft. */
export function begunBetween(
  { list, begun }: DeskModel,
  siteNames: ReadonlyMap<string, string>,
): ((index: number) => ComponentChildren) | undefined {
  const rows = list.list.value?.begun ?? []
  if (rows.length === 0) return
  return (index) =>
    index === 0 &&
    rows.map((row) => (
      <Begun
        key={`${row.accountId} ${row.key}`}
        row={row}
        siteName={siteNames.get(row.accountId)}
        begun={begun}
      />
    ))
}
