import type { Participant } from '../dialogue/participant.ts'
import { SEPARATOR } from './lists.ts'
import type { DialogueRecord, Orders } from './rows.ts'

/*
 * Orders by something else than time: one string each, unique, so that a screenful is a short range of its index and the
 * last one shown is the cursor.
 */

/** What a person would look a name up by: without accents, in small letters. */
export function sortKey(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
}

/** Moodle gives whole names only; in most of its languages the last word is the family's. */
function turned(name: string): string {
  const words = name.split(' ')
  return [words.at(-1), ...words.slice(0, -1)].join(' ')
}

export interface Named {
  person: Participant | undefined
  groupName: string | undefined
  course: string | undefined
  place: string | undefined
}

const DIGITS = 7
/** Behind all words, and before the end of every range. */
const NOTHING = '\ufffe'

export function ordersOf(
  record: Pick<DialogueRecord, 'key' | 'dialogueId' | 'count'>,
  pageKey: string | undefined,
  { person, groupName, course, place }: Named,
): Orders {
  const tail = [record.key, record.dialogueId]
  const name = sortKey(person?.fullName ?? groupName ?? '')
  const activity = pageKey === undefined ? [NOTHING, '', ''] : [course ?? '', place ?? '', pageKey]
  return {
    first: [name, ...tail].join(SEPARATOR),
    last: [turned(name), ...tail].join(SEPARATOR),
    count: [String(record.count).padStart(DIGITS, '0'), ...tail].join(SEPARATOR),
    activity: [...activity.map((part, i) => (i < 2 ? sortKey(part) : part)), ...tail].join(SEPARATOR),
  }
}

/** The page by which dialogues stand together in the order by activity. */
export function activityOf(order: string): string | undefined {
  return order.split(SEPARATOR)[2] || undefined
}
