import { useState } from 'preact/hooks'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { Icon } from './icon.tsx'
import { Status } from './status-note.tsx'
import { type TroubleAction, troubleAction, troubleWords, waitingUntil } from './trouble-words.ts'

interface Props {
  trouble: Trouble | undefined
  /** Where to log in or mend it when the trouble names no address. */
  siteUrl: string | undefined
  onTryAgain: () => void
}

const LINK_WORDS: Partial<Record<TroubleAction, TextKey>> = { 'log-in': 'logIn', 'open-site': 'openSite' }

function linkOf({ link }: Trouble, action: TroubleAction, siteUrl: string | undefined): string | undefined {
  if (link !== undefined && /^https?:/.test(link)) return link
  if (siteUrl === undefined) return
  return action === 'log-in' ? `${siteUrl}/login/index.php` : siteUrl
}

/** What is wrong, in words, and the one thing to do about it. */
export function TroubleBar({ trouble, ...rest }: Props) {
  return <Status>{trouble && <Bar trouble={trouble} {...rest} />}</Status>
}

function Bar({ trouble, siteUrl, onTryAgain }: Props & { trouble: Trouble }) {
  const action = troubleAction(trouble)
  const words = LINK_WORDS[action]
  const link = linkOf(trouble, action, siteUrl)
  // What comes back from the site is another trouble, or none.
  const [asked, setAsked] = useState<Trouble>()
  const isAsking = asked === trouble
  function tryAgain(): void {
    setAsked(trouble)
    onTryAgain()
  }
  return (
    <div class="bar" data-kind={trouble.kind}>
      <Icon name="warn" />
      <span class="bar-words">
        {isAsking ? t('syncing') : (waitingUntil(trouble) ?? troubleWords(trouble))}
      </span>
      {words && link && (
        <a class="bar-action" href={link} target={action === 'log-in' ? '_top' : '_blank'} rel="noreferrer">
          {t(words)}
        </a>
      )}
      {action === 'try-again' && !isAsking && (
        <button type="button" class="bar-action" onClick={tryAgain}>
          {t('tryAgain')}
        </button>
      )}
    </div>
  )
}
