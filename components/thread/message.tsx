import type { MessageView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { Icon } from '../common/icon.tsx'
import { clockText, isoText, wholeText } from '../common/times.ts'
import { MessageBody } from './message-body.tsx'

interface Props {
  message: MessageView
  /** Follows another message of the same author closely: no name again. */
  isSequel: boolean
  wwwroot: string
  onMenu: (button: HTMLElement) => void
}

const DOES = { close: 'didClose', reopen: 'didReopen' } as const

export function Message({ message, isSequel, wwwroot, onMenu }: Props) {
  const { timeCreated: time, does } = message
  const author = message.mine ? t('you') : message.authorName || t('deletedPersonUnnamed')
  const clock = clockText(time)
  return (
    <article
      class="message"
      aria-label={t('messageFrom', author, clock)}
      data-mine={message.mine}
      data-sequel={isSequel}
      data-id={message.id}
    >
      <header class="message-head">
        <span class="message-author private">{author}</span>
        <time dateTime={isoText(time)} title={wholeText(time)}>
          {clock}
        </time>
        {message.mine && (
          <span class="message-state" title={t('delivered')}>
            <Icon name="check" />
            <span class="unseen">{t('delivered')}</span>
          </span>
        )}
        <button
          type="button"
          class="message-more"
          tabIndex={-1}
          aria-label={t('messageMenu')}
          title={t('messageMenu')}
          aria-expanded="false"
          onClick={(event) => onMenu(event.currentTarget)}
        />
      </header>
      {message.linkText && <p class="message-note private">{message.linkText}</p>}
      <MessageBody html={message.html} wwwroot={wwwroot} />
      {message.guessed && (
        <p class="message-note" title={t('guessedWhy')}>
          {t('guessed')}
        </p>
      )}
      {does && <p class="message-note">{t(DOES[does])}</p>}
      {message.afterClosing && <p class="message-note">{t('afterClosing')}</p>}
    </article>
  )
}
