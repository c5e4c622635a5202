import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import { Menu, type MenuItem } from '../common/menu.tsx'
import { othersText, placeText, titleOf } from '../common/people.ts'
import { wholeText } from '../common/times.ts'
import { refKey } from '../models/ref.ts'

interface Props {
  view: ThreadView
  items: MenuItem[]
  onBack: () => void
  onPerson: (userId: number) => void
  children?: ComponentChildren
}

function ReadersLine({ kind }: Pick<ThreadView, 'kind'>) {
  const words = { individual: t('readersTwo'), group: t('readersGroup'), self: t('readersSelf') }[kind]
  return (
    <details class="readers">
      <summary>{words}</summary>
      <p>{t('readersMore')}</p>
    </details>
  )
}

/** A person's name leads to their card. */
function Others({ view, onPerson }: Pick<Props, 'view' | 'onPerson'>) {
  const [person] = view.people
  if (view.kind !== 'individual' || !person) {
    return view.subject !== undefined && <span class="thread-others">{t('with', othersText(view))}</span>
  }
  return (
    <button type="button" class="person-button" onClick={() => onPerson(person.id)}>
      {view.subject === undefined ? t('aboutPerson', othersText(view)) : t('with', othersText(view))}
    </button>
  )
}

/** What the person has marked it with; nobody else sees it. */
function OwnMarks({ view }: Pick<Props, 'view'>) {
  const { name, subject, labels, note, isDone, snoozedUntil } = view
  const state = snoozedUntil === undefined ? isDone && t('done') : t('returnsAt', wholeText(snoozedUntil))
  if (!name && labels.length === 0 && !note && !state) return null
  return (
    <p class="thread-marks">
      {state && <span class="row-closed">{state}</span>}
      {name && subject !== undefined && <span class="private">{t('subjectIs', subject)} </span>}
      {labels.map((label) => (
        <span key={label} class="row-label private">
          {label}
        </span>
      ))}
      {note && (
        <span class="thread-note private" dir="auto">
          {note}
        </span>
      )}
    </p>
  )
}

export function ThreadHead({ view, items, onBack, onPerson, children }: Props) {
  const title = useRef<HTMLHeadingElement>(null)
  const key = refKey(view.ref)
  useEffect(() => title.current?.focus({ preventScroll: true }), [key])
  const place = placeText(view)
  return (
    <header class="thread-head">
      <div class="head">
        <IconButton icon="back" label={t('back')} class="icon-button back" onClick={onBack} />
        <h2 class="head-title private" dir="auto" tabIndex={-1} ref={title}>
          {titleOf(view)}
        </h2>
        <Menu label={t('more')} items={items} />
        {children}
      </div>
      <p class="thread-with private">
        <Others view={view} onPerson={onPerson} />
        {place && (
          <span class="thread-place">
            {' · '}
            {view.about ? (
              <a href={view.about.url} target="_top">
                {place}
              </a>
            ) : (
              place
            )}
          </span>
        )}
      </p>
      <OwnMarks view={view} />
      <ReadersLine kind={view.kind} />
    </header>
  )
}
