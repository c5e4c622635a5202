import { MoodleError, noPermission } from '../errors.ts'
import { isTeacherIn } from '../permission.ts'
import { FORMAT_HTML, render } from '../rendering.ts'
import type { Note } from '../types.ts'
import { requireCourse } from './courses.ts'
import { type Context, type Handlers, handler } from './handler.ts'

const states = { personal: 'draft', course: 'public', site: 'site' } as const
type NewNote = {
  userid: number
  publishstate: string
  courseid: number
  text: string
  format: number | string
  clientnoteid?: string
}

function requireNotes(context: Context, courseid: number): void {
  if (!context.state.settings.enablenotes) {
    throw new MoodleError('Notes are disabled', { errorcode: 'notesdisabled', module: 'notes' })
  }
  requireCourse(context, courseid)
  if (!isTeacherIn(context.state, courseid, context.user.id)) throw noPermission('Manage notes')
}

const createNotes = handler<{ notes: NewNote[] }>(({ notes }, context) =>
  notes.map((row) => {
    const own = row.clientnoteid === undefined ? {} : { clientnoteid: row.clientnoteid }
    requireNotes(context, row.courseid)
    if (!context.state.users.has(row.userid)) {
      return { ...own, noteid: -1, errormessage: `Invalid user id: ${row.userid}` }
    }
    // An empty one is not kept, and no failure either: noteid is `true`.
    if (row.text.trim() === '') return { ...own, noteid: 1 }
    const now = context.state.clock.now()
    const note: Note = {
      id: ++context.state.counters.note,
      userid: row.userid,
      courseid: row.courseid,
      content: row.text,
      format: Number(row.format),
      publishstate: states[row.publishstate as keyof typeof states] ?? 'public',
      created: now,
      lastmodified: now,
      usermodified: context.user.id,
    }
    context.state.notes.set(note.id, note)
    return { ...own, noteid: note.id }
  }),
)

const getCourseNotes = handler<{ courseid: number; userid: number }>(({ courseid, userid }, context) => {
  requireNotes(context, courseid)
  const rows = [...context.state.notes.values()].filter((note) => !userid || note.userid === userid)
  const shown = rows.map((note) => ({
    ...note,
    content: render(note.content, note.format, context.state.wwwroot),
    format: FORMAT_HTML,
  }))
  const here = shown.filter((note) => note.courseid === courseid)
  return {
    sitenotes: shown.filter((note) => note.publishstate === 'site'),
    coursenotes: here.filter((note) => note.publishstate === 'public'),
    personalnotes: here.filter(
      (note) => note.publishstate === 'draft' && note.usermodified === context.user.id,
    ),
    canmanagesystemnotes: context.user.siteadmin,
    canmanagecoursenotes: true,
    warnings: [],
  }
})

/** Any colleague who may manage notes may delete another's (tried on a running Moodle). */
const deleteNotes = handler<{ notes: number[] }>(({ notes }, context) => {
  const warnings: Record<string, unknown>[] = []
  for (const id of notes) {
    const note = context.state.notes.get(id)
    if (note) requireNotes(context, note.courseid)
    if (!context.state.notes.delete(id)) {
      warnings.push({ item: 'note', itemid: id, warningcode: 'badid', message: 'Note does not exist' })
    }
  }
  return warnings
})

export const noteFunctions: Handlers = {
  core_notes_create_notes: createNotes,
  core_notes_get_course_notes: getCourseNotes,
  core_notes_delete_notes: deleteNotes,
}
