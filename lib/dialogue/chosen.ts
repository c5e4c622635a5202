import type { Draft } from './draft.ts'
import type { Participant } from './participant.ts'
import type { PickerPerson } from './people-views.ts'
import type { WholeKind } from './roster.ts'

/** Whom a new dialogue is written to, as it was chosen: one by one, or a group or role without some of its people. */
export type Chosen =
  | { kind: 'person'; person: Participant }
  | { kind: WholeKind; courseId: number; id: number; name: string; without: number[] }

export type ChosenWhole = Exclude<Chosen, { kind: 'person' }>

export function chosenKey(chosen: Chosen): string {
  return chosen.kind === 'person'
    ? `person ${chosen.person.id}`
    : `${chosen.kind} ${chosen.courseId} ${chosen.id}`
}

export function wholesIn(chosen: readonly Chosen[]): ChosenWhole[] {
  return chosen.filter((one) => one.kind !== 'person')
}

/** The same for two choices of the same people. */
export function choiceKey(chosen: readonly Chosen[]): string {
  return chosen
    .map((one) => [chosenKey(one), ...(one.kind === 'person' ? [] : one.without)].join(' '))
    .join('\n')
}

/** Whether this choice among the people of a course is one for `person` too. */
export function isChosen(
  chosen: readonly Chosen[],
  person: Pick<PickerPerson, 'id' | 'roles' | 'groups'>,
  courseId: number | undefined,
): boolean {
  return chosen.some((one) => {
    if (one.kind === 'person') return one.person.id === person.id
    if (one.courseId !== courseId || one.without.includes(person.id)) return false
    // Two groups of one course do not share a name.
    return one.kind === 'role'
      ? person.roles.some(({ id }) => id === one.id)
      : person.groups.includes(one.name)
  })
}

export function chosenOf({ to, several }: Pick<Draft, 'to' | 'several'>): Chosen[] {
  return several ?? (to ? [{ kind: 'person', person: to }] : [])
}

/** One person alone is the recipient of an ordinary dialogue; anything else makes a message to several. */
export function withChosen(draft: Draft, chosen: Chosen[]): Draft {
  const { to: _to, several: _several, ...rest } = draft
  const [first] = chosen
  if (!first) return rest
  return chosen.length === 1 && first.kind === 'person'
    ? { ...rest, to: first.person }
    : { ...rest, several: chosen }
}

export type Members = ReadonlyMap<string, readonly Participant[]>

/** Everybody once, in the order in which they were chosen. */
export function everybody(chosen: readonly Chosen[], members: Members): Participant[] {
  const all = chosen.flatMap((one) => {
    if (one.kind === 'person') return [one.person]
    const without = new Set(one.without)
    return (members.get(chosenKey(one)) ?? []).filter(({ id }) => !without.has(id))
  })
  return [...new Map(all.map((person) => [person.id, person])).values()]
}
