import type { About } from '../../lib/dialogue/draft.ts'
import type { Participant } from '../../lib/dialogue/participant.ts'
import type { ConversationKind, Course } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'

interface Talk {
  kind: ConversationKind
  /** The person's own. */
  name?: string
  subject?: string
  people: Participant[]
  groupName?: string
  course?: Course
  about?: About
}

/** Who is on the other side: a name, a group, or how many. */
export function othersText({ kind, people, groupName }: Talk): string {
  if (kind === 'self') return t('onlyYou')
  if (groupName) return groupName
  if (people.length > 3) return plural('people', people.length)
  return people.map(nameOf).join(', ') || t('nobody')
}

export function nameOf(person: Participant): string {
  if (!person.isDeleted) return person.fullName
  return person.fullName ? t('deletedPerson', person.fullName) : t('deletedPersonUnnamed')
}

/** Without a subject the dialogue is called after the other side. */
export function titleOf(talk: Talk): string {
  return talk.name ?? talk.subject ?? othersText(talk)
}

/** "Biology 101 › Essay 1" */
export function placeText({ course, about }: Talk): string {
  const names = [course?.name, about?.name].filter((name) => name !== undefined && name !== '')
  return [...new Set(names)].join(' › ')
}

/** The name to speak to: Moodle's full names begin with the given name in most languages. */
export function shortName(talk: Talk): string {
  const [person] = talk.people
  if (talk.kind !== 'individual' || !person) return othersText(talk)
  return person.fullName.split(/\s+/)[0] ?? person.fullName
}
