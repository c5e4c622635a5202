import { expect, test } from 'vitest'
import { type OwnersNote, readNote, writeNote } from '../../lib/dialogue/rule-note.ts'
import type { Stage } from './stage.ts'
import { ask } from './talk.ts'

const WORDS = 'Is $$x^2$$ right? :-) {firstname} (a) <b> & "c" שלום 😀'

function owners({ place, site }: Stage): OwnersNote {
  const { courseId } = place
  return {
    kind: 'rule',
    ruleId: 'c0nf0rmance1',
    term: 1,
    tenure: 'held',
    timeLease: 1_700_000_000,
    words: {
      courseId,
      audience: { kind: 'course', courseId, roleIds: [5] },
      subject: 'Welcome $$ {',
      text: WORDS.repeat(40),
      repliesExpected: true,
      about: { url: `${site.wwwroot}/mod/assign/view.php?id=${place.cmid}`, name: 'Essay 1' },
      future: {},
    },
    reached: Array.from({ length: 3000 }, (_, i) => 7 * i + (i % 5) + 1),
    claimed: [99_999],
  }
}

async function courseNotes({ aside, place }: Stage) {
  const answer = await ask(aside('teacher'), 'core_notes_get_course_notes', { courseid: place.courseId })
  return answer.coursenotes ?? []
}

async function add(stage: Stage, text: string): Promise<number> {
  const { place } = stage
  const note = { userid: place.teacher, courseid: place.courseId, publishstate: 'course', text, format: 1 }
  const [row] = await stage.aside('teacher').call('core_notes_create_notes', { notes: [note] })
  return row?.noteid ?? 0
}

const remove = (stage: Stage, ids: number[]) =>
  ask(stage.aside('teacher'), 'core_notes_delete_notes', { notes: ids })

/** What carries a rule from one teacher to another. */
export function handOverTests(stage: () => Stage): void {
  test('a rule is read from a course note as it was written, three thousand people long', async () => {
    const { site, place } = stage()
    const note = owners(stage())
    const facts = {
      wwwroot: site.wwwroot,
      courseId: place.courseId,
      sentence: WORDS,
      title: note.words.subject,
    }
    const id = await add(stage(), writeNote(note, facts))
    const found = (await courseNotes(stage())).find((each) => each.id === id)
    await remove(stage(), [id])
    expect(found).toMatchObject({
      userid: place.teacher,
      usermodified: place.teacher,
      publishstate: 'public',
    })
    const { courseid: courseId = 0, userid = 0, usermodified = 0, content } = found ?? {}
    const posted = { id, courseId, aboutUserId: userid, authorId: usermodified, html: content ?? '' }
    expect(readNote(posted, site)).toEqual({ ...note, id, authorId: place.teacher })
  })

  test('the note that was written last has the highest id, and one that is gone stays away', async () => {
    const [first, second] = [await add(stage(), '<p>1</p>'), await add(stage(), '<p>2</p>')]
    expect(second).toBeGreaterThan(first)
    await remove(stage(), [first])
    const ids = (await courseNotes(stage())).map(({ id }) => id)
    await remove(stage(), [second])
    expect(ids).toContain(second)
    expect(ids).not.toContain(first)
    expect(await remove(stage(), [first])).toMatchObject([{ warningcode: 'badid' }])
  })

  test('a student neither reads notes nor writes them', async () => {
    const { aside, place } = stage()
    const note = {
      userid: place.student1,
      courseid: place.courseId,
      publishstate: 'course',
      text: 'x',
      format: 1,
    }
    await expect(aside('student1').call('core_notes_create_notes', { notes: [note] })).rejects.toMatchObject({
      errorcode: 'nopermissions',
    })
    await expect(
      ask(aside('student1'), 'core_notes_get_course_notes', { courseid: place.courseId }),
    ).rejects.toMatchObject({ errorcode: 'nopermissions' })
  })
}
