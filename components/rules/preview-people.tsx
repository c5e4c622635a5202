import type { RulePreview } from '../../lib/dialogue/rule-views.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import { nameOf } from '../common/people.ts'
import type { RulePreviewModel } from '../models/rule-preview.ts'
import { Composed } from './composed.tsx'
import { reasonWords } from './words.ts'

/** The message as three of these people will get it: the longest among them. */
export function Samples({ preview: { samples, limit, longestBytes } }: { preview: RulePreview }) {
  if (samples.length === 0) return null
  return (
    <>
      <h3>{plural('asTheyGetIt', samples.length)}</h3>
      <ul class="samples">
        {samples.map(({ person, subject, html, bytes }) => (
          <li key={person.id} class="sample">
            <p class="sample-head">
              <bdi class="private">{nameOf(person)}</bdi>
              <small>{t('bytesOf', numberText(bytes), numberText(limit))}</small>
            </p>
            <p class="sample-subject private" dir="auto">
              {subject}
            </p>
            <Composed html={html} />
          </li>
        ))}
      </ul>
      <p class="hint">{t('longestIs', numberText(longestBytes), numberText(limit))}</p>
    </>
  )
}

function namesOf({ people, count }: RulePreview['cannotBeReached'][number]): string {
  const more = count - people.length
  return [...people.map(nameOf), ...(more > 0 ? [plural('morePeople', more)] : [])].join(', ')
}

/** By the site's reason. */
export function NotReached({ preview: { cannotBeReached } }: { preview: RulePreview }) {
  const count = cannotBeReached.reduce((sum, group) => sum + group.count, 0)
  if (count === 0) return null
  return (
    <>
      <h3>{plural('cannotBeReached', count)}</h3>
      <dl class="not-reached">
        {cannotBeReached.map((group) => (
          <div key={group.reason + (group.serverSays ?? '')}>
            <dt>
              {group.serverSays ?? reasonWords(group.reason)} ({numberText(group.count)})
            </dt>
            <dd class="private" dir="auto">
              {namesOf(group)}
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** Everybody who would get it, by name, a page at a time. */
export function ExactList({ model }: { model: RulePreviewModel }) {
  const { people, preview, rule } = model
  const isOfCourse = rule.value?.audience.kind === 'course'
  const page = people.page.value
  const all = preview.value?.willGetIt ?? 0
  if (!page || all === 0) return null
  const from = people.offset.value
  return (
    <details class="exact">
      <summary>{plural('everybodyByName', all)}</summary>
      <ol start={from + 1} class="names">
        {page.people.map(({ userId, person }) => (
          <li key={userId}>
            <bdi class="private">{nameOf(person)}</bdi>
            {isOfCourse && (
              <button
                type="button"
                class="text-button"
                aria-label={t('leaveOutPerson', nameOf(person))}
                onClick={() => void model.leaveOut(userId)}
              >
                {t('leaveOut')}
              </button>
            )}
          </li>
        ))}
      </ol>
      {all > page.people.length && (
        <p class="pages">
          <button type="button" class="button" disabled={from === 0} onClick={() => people.previous()}>
            {t('previous')}
          </button>
          <span role="status">
            {t('fromTo', numberText(from + 1), numberText(from + page.people.length))}
          </span>
          <button
            type="button"
            class="button"
            disabled={page.next === undefined}
            onClick={() => people.next()}
          >
            {t('next')}
          </button>
        </p>
      )}
    </details>
  )
}
