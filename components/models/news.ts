import type { EntryView, ThreadView } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { troubleWords } from '../common/trouble-words.ts'

function newsOfEntry(before: EntryView, after: EntryView | undefined): string | undefined {
  if (before.state === 'delivered' || before.state === after?.state) return
  if (after === undefined) return before.state === 'sending' ? t('sent') : undefined
  if (after.state === 'delivered') return t('sent')
  if (after.state === 'refused') return t('notDelivered', troubleWords(after.trouble))
  return
}

/** What a screen reader hears when a dialogue on screen changes. */
export function newsOf(before: ThreadView, after: ThreadView): string[] {
  const entries = before.entries.map((entry) =>
    newsOfEntry(
      entry,
      after.entries.find(({ key }) => key === entry.key),
    ),
  )
  const last = before.messages.at(-1)?.id ?? 0
  const arrived = after.messages.filter((message) => message.id > last && !message.mine).length
  const messages = arrived > 0 ? plural('newMessages', arrived) : undefined
  return [...entries, messages].filter((words) => words !== undefined)
}
