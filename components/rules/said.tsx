import type { OpenRule } from '../../lib/dialogue/open-rule.ts'
import { signed } from '../../lib/dialogue/signature.ts'
import { t } from '../../lib/extension/text.ts'

interface Props {
  words: Pick<OpenRule, 'subject' | 'text' | 'about' | 'repliesExpected' | 'signature'>
  /** Of one that is not started yet: what would stand under it. */
  signature?: string
  isOpen?: boolean
}

/** A rule as it was written, with its fields, and as it is signed. */
export function Said({ words, signature = words.signature, isOpen = false }: Props) {
  const { subject, text, about, repliesExpected } = words
  return (
    <details class="rule-said" open={isOpen}>
      <summary>{t('whatItSays')}</summary>
      <dl>
        <dt>{t('subject')}</dt>
        <dd class="private" dir="auto">
          {subject}
        </dd>
        <dt>{t('text')}</dt>
        <dd class="rule-text private" dir="auto">
          {signed(text, signature)}
        </dd>
        {about && (
          <>
            <dt>{t('aboutPage')}</dt>
            <dd dir="auto">{about.name}</dd>
          </>
        )}
      </dl>
      {!repliesExpected && <p class="hint">{t('noAnswerExpected')}</p>}
    </details>
  )
}
