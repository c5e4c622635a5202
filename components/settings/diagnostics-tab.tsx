import { useEffect, useState } from 'preact/hooks'
import type { LogEntry } from '../../lib/dialogue/log.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { StatusNote } from '../common/status-note.tsx'
import { secondText } from '../common/times.ts'
import type { DiagnosticsModel } from '../models/diagnostics.ts'
import { AccountReport } from './diagnostics-account.tsx'
import { Section } from './line.tsx'
import { reportOf } from './report.ts'
import { sizeText } from './size-text.ts'

/** As "request core_message_get_messages tookMs=12". */
function lineOf({ timeMs: _, account, kind, ...rest }: LogEntry): string {
  const facts = Object.entries(rest).map(([name, value]) =>
    Array.isArray(value) ? value.join(' ') : `${name}=${value}`,
  )
  return [account === undefined ? '–' : String(account), kind, ...facts].join(' ')
}

function Log({ log }: { log: LogEntry[] }) {
  return (
    <details class="log">
      <summary>{plural('logEntries', log.length)}</summary>
      <ol reversed aria-label={t('log')}>
        {log.toReversed().map((entry, at) => (
          <li key={log.length - at}>
            <time>{secondText(entry.timeMs / 1000)}</time> <code>{lineOf(entry)}</code>
          </li>
        ))}
      </ol>
    </details>
  )
}

export function DiagnosticsTab({ model, version }: { model: DiagnosticsModel; version: string }) {
  const found = model.found.value
  const [isCopied, setCopied] = useState(false)
  useEffect(() => model.watch(), [model])
  async function copy(): Promise<void> {
    if (!found) return
    await navigator.clipboard.writeText(reportOf(found, version))
    setCopied(true)
  }
  return (
    <Section title={t('tabDiagnostics')}>
      <p class="prose">{t('diagnosticsMeans')}</p>
      <p class="report-deeds">
        <button type="button" class="button" disabled={!found} onClick={copy}>
          {t('copyAsJson')}
        </button>
        <span role="status">{isCopied && t('copied')}</span>
      </p>
      {found?.bytes !== undefined && <p class="hint">{t('storageUsed', sizeText(found.bytes))}</p>}
      <StatusNote class="hint">{!found && t('reading')}</StatusNote>
      {found?.accounts.length === 0 && <p class="hint">{t('noAccounts')}</p>}
      {found?.accounts.map((account) => (
        <AccountReport key={account.accountId} account={account} log={found.log} />
      ))}
      {found && <Log log={found.log} />}
    </Section>
  )
}
