import type { Course, Scope } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { Icon } from '../common/icon.tsx'

interface Props {
  scope: Scope
  /** The scope of the page, if it is one that dialogues can be about. */
  page: Scope | undefined
  courses: Course[]
  courseId: number | undefined
  onScope: (scope: Scope) => void
}

/** This page, a course, everything. */
export function Scopes({ scope, page, courses, courseId, onScope }: Props) {
  const isCourse = scope.kind === 'course'
  const about = page?.kind === 'page' ? page : scope
  const chosen = isCourse ? scope.courseId : (courseId ?? courses[0]?.id)
  const choose = (value: string) => onScope({ kind: 'course', courseId: Number(value) })
  return (
    <fieldset class="scopes" aria-label={t('scopes')}>
      {about.kind === 'page' && (
        <button
          type="button"
          class="chip"
          aria-pressed={scope.kind === 'page'}
          onClick={() => onScope(about)}
        >
          {about.name ?? t('thisPage')}
        </button>
      )}
      {chosen !== undefined && (
        <span class="chip chip-select" data-pressed={isCourse}>
          <button
            type="button"
            class="chip-main"
            aria-pressed={isCourse}
            onClick={() => choose(String(chosen))}
          >
            {courses.find(({ id }) => id === chosen)?.name ?? t('thisCourse')}
          </button>
          {courses.length > 1 && (
            <span class="chip-choice">
              <Icon name="down" />
              <select
                aria-label={t('course')}
                value={String(chosen)}
                onChange={(event) => choose(event.currentTarget.value)}
              >
                {courses.map(({ id, name }) => (
                  <option key={id} value={String(id)}>
                    {name}
                  </option>
                ))}
              </select>
            </span>
          )}
        </span>
      )}
      <button
        type="button"
        class="chip"
        aria-pressed={scope.kind === 'all'}
        onClick={() => onScope({ kind: 'all' })}
      >
        {t('all')}
      </button>
    </fieldset>
  )
}
