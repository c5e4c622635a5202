import { useState } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { othersText } from '../common/people.ts'
import { troubleWords } from '../common/trouble-words.ts'
import type { DeskModel } from '../models/desk.ts'
import { Sheet } from './sheet.tsx'

interface Props {
  desk: DeskModel
  does: 'close' | 'reopen'
  onClose: () => void
}

const WORDS = {
  close: { title: 'closeForBoth', sentence: 'closedSentence' },
  reopen: { title: 'reopen', sentence: 'reopenedSentence' },
} as const

/** Closing tells the other side: with this sentence, and a last word if there is one. */
export function CloseSheet({ desk, does, onClose }: Props) {
  const route = desk.route.value
  const answer = route.level === 'dialogue' ? route.answer : undefined
  const view = answer?.thread.view.value
  const [text, setText] = useState(answer?.draft.value?.draft.peek().text ?? '')
  const [isSending, setSending] = useState(false)
  if (!answer || !view) return null
  const me = desk.accounts.value.find(({ id }) => id === view.ref.accountId)?.fullName ?? ''
  const { title, sentence } = WORDS[does]
  async function send(): Promise<void> {
    setSending(true)
    const isSent = await answer?.sendClosing(does, text)
    setSending(false)
    if (!isSent) return
    desk.announce(t('onItsWay'))
    onClose()
  }
  return (
    <Sheet title={t(title)} onClose={onClose}>
      <form
        class="sheet-form"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <p class="private">{t('closeMeans', othersText(view))}</p>
        <blockquote class="sheet-quote private" dir="auto">
          {t(sentence, me)}
        </blockquote>
        <label class="sheet-field">
          {t('lastWord')}
          <textarea
            class="field private"
            rows={3}
            dir="auto"
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        {answer.notSent.value && (
          <p class="note" role="alert">
            {t('notSent', troubleWords(answer.notSent.value.trouble))}
          </p>
        )}
        <button type="submit" class="button button-main" disabled={isSending}>
          {t(title)}
        </button>
      </form>
    </Sheet>
  )
}
