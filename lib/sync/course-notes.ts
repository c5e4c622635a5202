import { type ReadNote, type RuleNote, readNote, writeNote } from '../dialogue/rule-note.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import type { MoodleClient } from '../moodle/index.ts'
import type { AccountRow } from '../store/rows.ts'
import { troubleOf } from './trouble.ts'
import { tokenWay } from './way.ts'
import { isTrouble, type World } from './world.ts'

/** Notes of a course, for rules that are handed over. A session can write them, and neither read nor delete them. */
export interface Notes {
  account: AccountRow
  courseId: number
  moodle: MoodleClient<'rest'>
}

const NO_TOKEN: Trouble = { kind: 'token-refused', mender: 'person' }

/** The course's notes, or why they are out of reach. */
export async function notesOf(world: World, account: AccountRow, courseId: number): Promise<Notes | Trouble> {
  const connection = await world.connect(account)
  if (isTrouble(connection)) return connection
  const moodle = await tokenWay(world, connection, account)
  return moodle ? { account, courseId, moodle } : NO_TOKEN
}

/** Does it with the course's notes; tells what went wrong. */
export async function withNotes<T>(
  world: World,
  account: AccountRow,
  courseId: number,
  work: (notes: Notes) => Promise<T | Trouble>,
): Promise<T | Trouble> {
  const notes = await notesOf(world, account, courseId)
  if ('mender' in notes) return notes
  return work(notes).catch(troubleOf)
}

export async function readNotes({ account, courseId, moodle }: Notes): Promise<ReadNote[]> {
  const { coursenotes = [] } = await moodle.call('core_notes_get_course_notes', { courseid: courseId })
  const site = { wwwroot: account.wwwroot, former: account.formerWwwroots }
  return coursenotes.flatMap((row) => {
    const { id, courseid, userid, usermodified, content } = row
    if (courseid !== courseId) return []
    const note = { id, courseId, aboutUserId: userid, authorId: usermodified, html: content ?? '' }
    return readNote(note, site) ?? []
  })
}

export interface Readable {
  sentence: string
  title: string
}

/** A note about its author. Throws what kept it from being written. */
export async function addNote(notes: Notes, note: RuleNote, readable: Readable): Promise<void> {
  const { account, courseId, moodle } = notes
  const text = writeNote(note, { wwwroot: account.wwwroot, courseId, ...readable })
  const row = { userid: account.userId, publishstate: 'course', courseid: courseId, text, format: 1 }
  const [made] = await moodle.call('core_notes_create_notes', { notes: [row] })
  if (!made || made.noteid <= 0) throw new NoteRefused(made?.errormessage ?? '')
}

/** The site kept it out in an answer that is none of its errors. */
export class NoteRefused extends Error {}

export async function removeNotes({ moodle }: Notes, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await moodle.call('core_notes_delete_notes', { notes: [...ids] })
}
