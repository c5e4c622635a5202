import { useEffect, useState } from 'preact/hooks'
import { withPerson } from '../../lib/dialogue/dialogue.ts'
import type { PersonCard } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { nameOf, titleOf } from '../common/people.ts'
import { StatusNote } from '../common/status-note.tsx'
import { nowSeconds, shortText } from '../common/times.ts'
import { troubleWords } from '../common/trouble-words.ts'
import type { DeskModel } from '../models/desk.ts'
import { refKey } from '../models/ref.ts'
import { Sheet } from './sheet.tsx'

interface Props {
  desk: DeskModel
  accountId: string
  userId: number
  onClose: () => void
}

function lastWords({ timeLastAccess, lastAccess }: PersonCard['courses'][number]): string | undefined {
  if (timeLastAccess) return t('lastThere', shortText(timeLastAccess, nowSeconds()))
  return lastAccess && t('lastThere', lastAccess)
}

function CourseLine({ course }: { course: PersonCard['courses'][number] }) {
  const more = [
    course.roles?.join(', '),
    course.groups?.length ? t('inGroups', course.groups.join(', ')) : undefined,
    lastWords(course),
  ].filter(Boolean)
  return (
    <li class="private">
      {course.name} {more.length > 0 && <span class="choice-more">{more.join(' · ')}</span>}
    </li>
  )
}

function Courses({ card: { courses } }: { card: PersonCard }) {
  if (courses.length === 0) return null
  return (
    <>
      <h4>{t('sharedCourses')}</h4>
      <ul class="lines">
        {courses.map((course) => (
          <CourseLine key={course.id} course={course} />
        ))}
      </ul>
    </>
  )
}

function Deeds({ card, desk, accountId, onDone }: Omit<Props, 'userId' | 'onClose'> & Shown) {
  const { deeds } = desk
  const ref = { accountId, conversationKey: withPerson(card.id), dialogueId: 'general' }
  const [refused, setRefused] = useState<string | undefined>()
  const act = async (deed: ReturnType<typeof deeds.block>) => {
    const trouble = await deed
    const isUseless = trouble?.kind === 'not-permitted' && trouble.mender === 'nobody'
    setRefused(isUseless ? t('blockUseless') : trouble && troubleWords(trouble))
    onDone()
  }
  return (
    <>
      <div class="sheet-buttons">
        <a class="button" href={card.profileUrl} target="_top" data-first>
          {t('profile')}
        </a>
        <button type="button" class="button" onClick={() => act(deeds.favourite(ref, !card.isFavourite))}>
          {card.isFavourite ? t('unfavourite') : t('makeFavourite')}
        </button>
        <button type="button" class="button" onClick={() => act(deeds.mute(ref, !card.isMuted))}>
          {card.isMuted ? t('unmute') : t('mute')}
        </button>
        <button
          type="button"
          class="button danger"
          onClick={() => act(deeds.block(accountId, card.id, !card.isBlocked))}
        >
          {card.isBlocked ? t('unblock') : t('block')}
        </button>
      </div>
      {card.isBlocked && <p class="sheet-note">{t('blockedMeans')}</p>}
      {refused && (
        <p class="note" role="alert">
          {refused}
        </p>
      )}
    </>
  )
}

interface Shown {
  card: PersonCard
  onDone: () => void
}

function Dialogues({ card, desk, onClose }: Pick<Props, 'desk' | 'onClose'> & { card: PersonCard }) {
  return (
    <ul class="choices">
      {card.dialogues.map((row) => (
        <li key={refKey(row.ref)}>
          <button
            type="button"
            class="choice"
            onClick={() => {
              onClose()
              desk.open(row.ref, true)
            }}
          >
            <span class="private" dir="auto">
              {row.subject === undefined ? t('withoutSubject') : titleOf(row)}
            </span>
            <span class="choice-more">
              {row.state === 'closed' && `${t('closed')} · `}
              {shortText(row.timeLast, nowSeconds())}
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Who somebody is, as far as this account may know, and what is said with them. */
export function PersonSheet({ desk, accountId, userId, onClose }: Props) {
  const [card, setCard] = useState<PersonCard | undefined>()
  const load = () => void desk.deeds.person(accountId, userId).then(setCard)
  useEffect(load, [accountId, userId])
  const said = card ? card.trouble && troubleWords(card.trouble) : t('reading')
  return (
    <Sheet title={card ? nameOf(card) : t('person')} isPrivate={card !== undefined} onClose={onClose}>
      <StatusNote class="sheet-note">{said}</StatusNote>
      {card && (
        <>
          <Deeds card={card} desk={desk} accountId={accountId} onDone={load} />
          <Courses card={card} />
          <h4>{t('dialogues')}</h4>
          <Dialogues card={card} desk={desk} onClose={onClose} />
        </>
      )}
    </Sheet>
  )
}
