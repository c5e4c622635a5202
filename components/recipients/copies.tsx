import { numberText, plural, t } from '../../lib/extension/text.ts'
import { nameOf } from '../common/people.ts'
import type { RecipientsModel } from '../models/recipients.ts'
import { whyNotWords } from './words.ts'

function Unreachable({ recipients }: { recipients: RecipientsModel }) {
  const { cannot, unreachable } = recipients.view.value
  if (cannot.length === 0) return null
  const why = new Map(cannot.map((one) => [one.userId, one.why]))
  return (
    <details class="unreachable">
      <summary>{plural('cannotBeReached', cannot.length)}</summary>
      <ul>
        {unreachable.map((person) => (
          <li key={person.id}>
            <span class="private" dir="auto">
              {nameOf(person)}
            </span>
            <small>{whyNotWords(why.get(person.id) ?? 'not-shown')}</small>
          </li>
        ))}
        {cannot.length > unreachable.length && (
          <li>{plural('morePeople', cannot.length - unreachable.length)}</li>
        )}
      </ul>
    </details>
  )
}

/** Said beside the button, before anything leaves: how many get it, and who does not. */
export function Copies({ recipients }: { recipients: RecipientsModel }) {
  const { view, getting, isSeveral } = recipients
  const { cannot, count, unasked } = view.value
  return (
    <div class="copies">
      {/* There from the start, so that its words are read aloud when they come; never the names. */}
      <p role="status">
        {count > 0 && isSeveral.value && (
          <>
            <strong>{plural('privateCopies', getting.value)}</strong> {t('nobodySeesOthers')}
          </>
        )}
        {cannot.length > 0 && <span class="unseen">{plural('cannotBeReached', cannot.length)}</span>}
      </p>
      <Unreachable recipients={recipients} />
      {unasked > 0 && count > unasked && isSeveral.value && (
        <p class="copies-small">{t('othersAskedLater', numberText(unasked))}</p>
      )}
    </div>
  )
}
