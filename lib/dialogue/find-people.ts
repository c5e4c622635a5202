import type { PickerPerson, Whole } from './people-views.ts'
import {
  isTeacherIn,
  membersOf,
  type Roster,
  type RosterPerson,
  tellsLast,
  type WholeKind,
} from './roster.ts'
import { fold } from './search-words.ts'

/** A roster made ready to be searched with every letter typed. */
export interface Directory {
  roster: Roster
  /** Of each person, ` anna keller `. */
  names: string[]
}

export function directoryOf(roster: Roster): Directory {
  return { roster, names: roster.people.map(({ fullName }) => ` ${fold(fullName)} `) }
}

const collator = new Intl.Collator()

/** By last name, as Moodle's own lists. */
export function inOrder(people: readonly RosterPerson[]): RosterPerson[] {
  return people.toSorted(
    (a, b) =>
      collator.compare(a.lastName ?? a.fullName, b.lastName ?? b.fullName) ||
      collator.compare(a.fullName, b.fullName),
  )
}

export interface FindAsk {
  typed: string
  limit: number
  me: number
  /** Absent: to any number at once. */
  most?: number
  isOffered: (person: RosterPerson) => boolean
}

export interface Found {
  people: RosterPerson[]
  more: number
  wholes: Whole[]
}

const BEGINS_LATIN = /^[!-\u024f]/

/** Each word begins one of the name's; in scripts without spaces it may stand anywhere. */
function isIn(name: string, words: readonly string[]): boolean {
  return words.every((word) => name.includes(BEGINS_LATIN.test(word) ? ` ${word}` : word))
}

function wordsOf(typed: string): string[] {
  return fold(typed).split(/\s+/).filter(Boolean)
}

/** Of the few that are shown before anything is typed, those whom one is likely to want. */
function teachersFirst(roster: Roster, people: RosterPerson[]): RosterPerson[] {
  const teaches = (person: RosterPerson) => isTeacherIn(roster, person)
  return [...people.filter(teaches), ...people.filter((person) => !teaches(person))]
}

export function findPeople({ roster, names }: Directory, ask: FindAsk): Found {
  const words = wordsOf(ask.typed)
  const fits = (person: RosterPerson, at: number) =>
    person.userId !== ask.me && isIn(names[at] ?? '', words) && ask.isOffered(person)
  const all = roster.people.filter(fits)
  const people = (words.length === 0 ? teachersFirst(roster, all) : all).slice(0, ask.limit)
  return { people, more: all.length - people.length, wholes: wholesOf(roster, words, ask) }
}

/** Whom a whole group or role stands for: never oneself, never who is shut out of the course. */
export function choosable(
  roster: Roster,
  kind: WholeKind,
  id: number,
  ask: Omit<FindAsk, 'typed' | 'limit'>,
) {
  return membersOf(roster, kind, id).filter(
    (person) => person.userId !== ask.me && !person.isSuspended && ask.isOffered(person),
  )
}

const GROUPS_AT_FIRST = 6

function wholesOf(roster: Roster, words: string[], ask: FindAsk): Whole[] {
  const most = ask.most ?? Number.POSITIVE_INFINITY
  if (most < 2) return []
  const counted = (kind: WholeKind, { id, name }: { id: number; name: string }): Whole => ({
    kind,
    courseId: roster.courseId,
    id,
    name,
    count: choosable(roster, kind, id, ask).length,
  })
  const named = ({ name }: { name: string }) => isIn(` ${fold(name)} `, words)
  const groups = roster.groups.filter(named).slice(0, words.length === 0 ? GROUPS_AT_FIRST : undefined)
  const all = [
    ...roster.roles.filter(named).map((role) => counted('role', role)),
    ...groups.map((group) => counted('group', group)),
  ]
  return all.filter(({ count }) => count > 1 && count <= most)
}

/** As the picker draws them. Oneself has always been there, which says nothing of the others. */
export function pickerPeople(roster: Roster, me: number, people: readonly RosterPerson[]): PickerPerson[] {
  const withLast = tellsLast(roster.people.filter(({ userId }) => userId !== me))
  return people.map((person) => pickerPerson(roster, person, withLast))
}

function lastOf({ timeLastInCourse, lastInCourse }: RosterPerson) {
  return {
    ...(timeLastInCourse === undefined ? {} : { timeLastInCourse }),
    ...(lastInCourse ? { lastInCourse } : {}),
  }
}

function pickerPerson({ roles, groups }: Roster, person: RosterPerson, withLast: boolean): PickerPerson {
  const { userId, fullName, pictureUrl, isSuspended } = person
  return {
    id: userId,
    fullName,
    ...(pictureUrl ? { pictureUrl } : {}),
    roles: roles.filter(({ id }) => person.roleIds.includes(id)),
    groups: groups.filter(({ id }) => person.groupIds.includes(id)).map(({ name }) => name),
    isSuspended,
    ...(withLast ? lastOf(person) : {}),
  }
}
