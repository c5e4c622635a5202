import { numberText, plural, t } from '../../lib/extension/text.ts'
import { nameOf } from '../common/people.ts'
import type { RecipientsModel } from '../models/recipients.ts'
import { whyNotWords } from './words.ts'

const NAMED = 50

function Unreachable({ recipients }: { recipients: RecipientsModel }) {
  const cannot = recipients.cannot.value
  if (cannot.length === 0) return null
  return (
    <details class="unreachable">
      <summary>{plural('cannotBeReached', cannot.length)}</summary>
      <ul>
        {cannot.slice(0, NAMED).map(({ person, why }) => (
          <li key={person.id}>
            <span class="private" dir="auto">
              {nameOf(person)}
            </span>
            <small>{whyNotWords(why)}</small>
          </li>
        ))}
        {cannot.length > NAMED && <li>{plural('morePeople', cannot.length - NAMED)}</li>}
      </ul>
    </details>
  )
}

/** Said beside the button, before anything leaves: how many get it, and who does not. */
export function Copies({ recipients }: { recipients: RecipientsModel }) {
  const { all, getting, reached, isSeveral } = recipients
  if (all.value.length === 0) return null
  const hasAll = recipients.cannot.value.length === 0
  if (!isSeveral.value && hasAll) return null
  return (
    <div class="copies" role="status">
      {isSeveral.value && (
        <p>
          <strong>{plural('privateCopies', getting.value.length)}</strong> {t('nobodySeesOthers')}
        </p>
      )}
      <Unreachable recipients={recipients} />
      {reached.value.unasked > 0 && all.value.length > reached.value.unasked && (
        <p class="copies-small">{t('othersAskedLater', numberText(reached.value.unasked))}</p>
      )}
    </div>
  )
}
