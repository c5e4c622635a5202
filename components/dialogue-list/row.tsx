import type { DialogueRow } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { Icon, type IconName } from '../common/icon.tsx'
import { othersText, placeText, titleOf } from '../common/people.ts'
import { isoText, nowSeconds, shortText, wholeText } from '../common/times.ts'

const OUTBOX = {
  written: { icon: 'clock', words: 'rowWritten' },
  sending: { icon: 'clock', words: 'rowSending' },
  unconfirmed: { icon: 'warn', words: 'rowUnconfirmed' },
  refused: { icon: 'warn', words: 'rowRefused' },
} as const satisfies Record<NonNullable<DialogueRow['outbox']>, { icon: IconName; words: string }>

function OutboxMark({ state }: { state: NonNullable<DialogueRow['outbox']> }) {
  const { icon, words } = OUTBOX[state]
  return (
    <span class="row-mark" data-state={state} title={t(words)}>
      <Icon name={icon} />
      <span class="unseen">{t(words)}</span>
    </span>
  )
}

function Snippet({ row }: { row: DialogueRow }) {
  const who = row.subject === undefined ? '' : othersText(row)
  const author = row.snippet?.mine ? t('you') : row.snippet?.authorName
  return (
    <span class="row-line private" dir="auto">
      {who && <span class="row-who">{who}</span>}
      {who && row.snippet && ' · '}
      {author && row.snippet && (row.snippet.mine || row.kind === 'group') && `${t('said', author)} `}
      {row.snippet?.text}
    </span>
  )
}

/** Where it stands, if that is not simply open. */
function stateWords({ state, isDone, snoozedUntil, sendAt = 0 }: DialogueRow): string | undefined {
  if (sendAt > nowSeconds()) return t('leavesAt', wholeText(sendAt))
  if (snoozedUntil !== undefined) return t('returnsAt', wholeText(snoozedUntil))
  if (state === 'closed') return t('closed')
  return isDone ? t('done') : undefined
}

function hasLastLine(row: DialogueRow, place: string): boolean {
  return place !== '' || row.hasDraft || stateWords(row) !== undefined || row.labels.length > 0
}

interface Props {
  row: DialogueRow
  now: number
  /** Named where several accounts are shown together. */
  siteName: string | undefined
}

export function Row({ row, now, siteName }: Props) {
  const place = [siteName, placeText(row)].filter(Boolean).join(' · ')
  return (
    <>
      {row.unread === 0 && row.unreadAgain && (
        <span class="row-dot" title={t('unreadAgain')}>
          <span class="unseen">{t('unreadAgain')}</span>
        </span>
      )}
      {row.unread > 0 && (
        <span class="row-dot" title={plural('unreadMessages', row.unread)}>
          <span class="unseen">{plural('unreadMessages', row.unread)}</span>
        </span>
      )}
      <span class="row-head">
        <span class="row-title private" dir="auto">
          {titleOf(row)}
        </span>
        {row.isFavourite && <Mark icon="star" words={t('favourite')} />}
        {row.isMuted && <Mark icon="mute" words={t('muted')} />}
        {row.outbox && <OutboxMark state={row.outbox} />}
        <time class="row-time" dateTime={isoText(row.timeLast)} title={wholeText(row.timeLast)}>
          <bdi>{shortText(row.timeLast, now)}</bdi>
        </time>
      </span>
      <Snippet row={row} />
      {hasLastLine(row, place) && (
        <span class="row-line row-place">
          {row.hasDraft && <span class="row-draft">{t('draft')}</span>}
          {stateWords(row) && <span class="row-closed">{stateWords(row)}</span>}
          {row.labels.map((label) => (
            <span key={label} class="row-label private">
              {label}
            </span>
          ))}
          <span class="private">{place}</span>
        </span>
      )}
    </>
  )
}

function Mark({ icon, words }: { icon: IconName; words: string }) {
  return (
    <span class="row-mark" title={words}>
      <Icon name={icon} />
      <span class="unseen">{words}</span>
    </span>
  )
}
