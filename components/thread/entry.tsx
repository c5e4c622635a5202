import { useRef } from 'preact/hooks'
import type { EntryView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { ConfirmButton } from '../common/confirm-button.tsx'
import { Icon, type IconName } from '../common/icon.tsx'
import { clockText, isoText } from '../common/times.ts'
import { useSecondsUntil } from './countdown.ts'
import { entryWords, isPutOff } from './entry-words.ts'
import { MessageBody } from './message-body.tsx'

export interface EntryDeeds {
  onTakeBack: (key: string) => void
  onDrop: (key: string) => void
  onSendNow: (key: string) => void
  onSettle: (key: string, arrived: boolean) => void
  onCopied: () => void
  onTryAgain: () => void
}

const ICONS: Record<EntryView['state'], IconName> = {
  written: 'clock',
  sending: 'clock',
  unconfirmed: 'warn',
  delivered: 'check',
  refused: 'warn',
}

function Deed({ words, onClick }: { words: string; onClick: () => void }) {
  return (
    <button type="button" class="text-button" onClick={onClick}>
      {words}
    </button>
  )
}

function Deeds({ entry, copy, ...deeds }: { entry: EntryView; copy: () => void } & EntryDeeds) {
  const { key } = entry
  if (entry.state === 'refused') {
    return (
      <>
        <Deed words={t('edit')} onClick={() => deeds.onTakeBack(key)} />
        <Deed words={t('copy')} onClick={copy} />
        <ConfirmButton words={t('drop')} sure={t('dropSure')} onConfirm={() => deeds.onDrop(key)} />
      </>
    )
  }
  if (entry.state === 'unconfirmed' && entry.trouble?.kind === 'not-proven') {
    return (
      <>
        <Deed words={t('itArrived')} onClick={() => deeds.onSettle(key, true)} />
        <Deed words={t('itDidNot')} onClick={() => deeds.onSettle(key, false)} />
      </>
    )
  }
  if (entry.state !== 'written') return null
  return (
    <>
      {entry.trouble?.mender === 'wait' && <Deed words={t('tryAgain')} onClick={deeds.onTryAgain} />}
      {(entry.quietUntilMs !== undefined || isPutOff(entry)) && (
        <Deed words={t('sendNow')} onClick={() => deeds.onSendNow(key)} />
      )}
      {entry.canUndo && (
        <Deed words={t(isPutOff(entry) ? 'edit' : 'undo')} onClick={() => deeds.onTakeBack(key)} />
      )}
    </>
  )
}

/** A message on its way: its words, where it is, and what can still be done. */
export function Entry({ entry, wwwroot, ...deeds }: { entry: EntryView; wwwroot: string } & EntryDeeds) {
  const article = useRef<HTMLElement>(null)
  const clock = clockText(entry.timeWritten)
  const seconds = useSecondsUntil(entry.state === 'written' ? entry.notBeforeMs : undefined)
  async function copy(): Promise<void> {
    const body = article.current?.querySelector<HTMLElement>('.message-body')
    await navigator.clipboard.writeText(body?.innerText ?? '')
    deeds.onCopied()
  }
  return (
    <article
      class="message entry"
      aria-label={t('messageFrom', t('you'), clock)}
      data-mine="true"
      data-state={entry.state}
      ref={article}
    >
      <header class="message-head">
        <span class="message-author">{t('you')}</span>
        <time dateTime={isoText(entry.timeWritten)}>
          <bdi>{clock}</bdi>
        </time>
      </header>
      <MessageBody html={entry.html} wwwroot={wwwroot} />
      <footer class="entry-foot">
        <Icon name={ICONS[entry.state]} /> <span class="entry-words">{entryWords(entry, seconds)}</span>
        <span class="entry-deeds">
          <Deeds entry={entry} copy={copy} {...deeds} />
        </span>
      </footer>
    </article>
  )
}
