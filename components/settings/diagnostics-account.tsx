import type { LogEntry, WaitReason } from '../../lib/dialogue/log.ts'
import type { OutboxState } from '../../lib/dialogue/outbox.ts'
import type { AccountDiagnostics } from '../../lib/extension/diagnostics.ts'
import { numberText, plural, type TextKey, t } from '../../lib/extension/text.ts'
import { syncWords } from '../common/sync-words.ts'
import { clockText, nowSeconds, secondText, shortText } from '../common/times.ts'
import { troubleWords } from '../common/trouble-words.ts'
import { Table } from './table.tsx'

const ROUNDS = 8

const BECAUSE: Record<WaitReason, TextKey> = {
  asked: 'becauseAsked',
  failed: 'becauseFailed',
  away: 'becauseAway',
  idle: 'becauseIdle',
  'in-use': 'becauseInUse',
  reading: 'becauseReading',
}

const STATES: Record<OutboxState, TextKey> = {
  written: 'waitingToBeSent',
  sending: 'sending',
  unconfirmed: 'rowUnconfirmed',
  delivered: 'delivered',
  refused: 'outboxRefused',
}

type RoundEntry = LogEntry & { kind: 'round' }

function nextWords({ timeNext, because }: AccountDiagnostics): string {
  if (timeNext === undefined) return t('nextLookSoon')
  const time = clockText(timeNext)
  return because ? t('nextLookBecause', time, t(BECAUSE[because])) : time
}

function wayWords({ transport }: AccountDiagnostics): string {
  if (!transport) return t('wayNone')
  return t(transport === 'session' ? 'waySession' : 'wayToken')
}

function clockWords({ clockOffset }: AccountDiagnostics): string {
  if (clockOffset === undefined) return t('clockUnknown')
  if (Math.abs(clockOffset) < 2) return t('clockSame')
  return clockOffset > 0 ? plural('clockAhead', clockOffset) : plural('clockBehind', -clockOffset)
}

function Facts({ account }: { account: AccountDiagnostics }) {
  const facts: [TextKey, string][] = [
    ['nextLook', nextWords(account)],
    ['way', wayWords(account)],
    ['clock', clockWords(account)],
    ['release', account.release ?? t('releaseUnknown')],
    ['refusedFunctions', account.refused.join(', ') || t('none')],
  ]
  return (
    <dl class="report-facts">
      {facts.map(([name, words]) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  )
}

function foundWords({ trouble, conversations = 0 }: RoundEntry): string {
  if (trouble) return troubleWords({ kind: trouble, mender: 'wait' })
  return conversations > 0 ? plural('roundFound', conversations) : t('roundNothing')
}

function roundsOf(log: LogEntry[], { number }: AccountDiagnostics): RoundEntry[] {
  const rounds = log.filter(
    (entry): entry is RoundEntry =>
      entry.kind === 'round' && entry.account === number && number !== undefined,
  )
  return rounds.slice(-ROUNDS).reverse()
}

/** Everything that is known of how one account is doing. */
export function AccountReport({ account, log }: { account: AccountDiagnostics; log: LogEntry[] }) {
  const { siteName, sync, errors, outbox, rows } = account
  const now = nowSeconds()
  return (
    <article class="account report" aria-label={siteName}>
      <h3>{siteName}</h3>
      <p data-phase={sync.phase}>{syncWords(sync)}</p>
      <Facts account={account} />
      <Table
        title={t('lastRounds')}
        head={['time', 'took', 'requests', 'result']}
        rows={roundsOf(log, account).map((round) => [
          <time key="time">{secondText(round.timeMs / 1000)}</time>,
          t('milliseconds', numberText(round.tookMs)),
          numberText(round.requests ?? 0),
          foundWords(round),
        ])}
      />
      <Table
        title={t('outbox')}
        head={['state', 'count', 'oldest']}
        rows={outbox.map(({ state, count, timeOldest }) => [
          t(STATES[state]),
          numberText(count),
          shortText(timeOldest, now),
        ])}
      />
      <Table
        title={t('errors')}
        head={['kind', 'count']}
        rows={errors.map(({ kind, count }) => [<code key={kind}>{kind}</code>, numberText(count)])}
      />
      <Table
        title={t('keptHere')}
        head={['table', 'rows']}
        rows={Object.entries(rows).map(([table, count]) => [
          <code key={table}>{table}</code>,
          numberText(count),
        ])}
      />
    </article>
  )
}
