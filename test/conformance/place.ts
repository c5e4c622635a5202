import type { People, Person } from './people.ts'
import type { Site } from './site.ts'
import { ask, messageTo } from './talk.ts'

/** The ids that the functions are asked with. */
export interface Place {
  readonly courseId: number
  readonly cmid: number
  readonly module: string
  readonly instance: number
  readonly teacher: number
  readonly student1: number
  readonly student2: number
  /** Between the teacher and the first student. */
  readonly conversationId: number
  /** A Dialogue activity of the course, if it has one. */
  readonly dialogueCmid: number | undefined
  /** The course's manual enrolment, if the participants page tells. */
  readonly enrolId: number | undefined
}

export async function findPlace(site: Site, people: People): Promise<Place> {
  const { teacher, student1, student2 } = people
  const { cm } = await ask(teacher.over.rest, 'core_course_get_course_module', { cmid: site.cmid })
  const sections = await ask(teacher.over.rest, 'core_course_get_contents', { courseid: site.courseId })
  const modules = sections.flatMap((section) => section.modules)
  const { conversationid } = await messageTo(teacher.over.rest, student1.userid, '<p>Good morning</p>')
  return {
    courseId: site.courseId,
    cmid: site.cmid,
    module: cm.modname,
    instance: cm.instance,
    teacher: teacher.userid,
    student1: student1.userid,
    student2: student2.userid,
    conversationId: conversationid,
    dialogueCmid: modules.find((module) => module.modname === 'dialogue')?.id,
    enrolId: site.enrolId ?? (await manualEnrolment(site, teacher)),
  }
}

async function manualEnrolment(site: Site, teacher: Person): Promise<number | undefined> {
  const { html } = await teacher.browser.open(`${site.wwwroot}/user/index.php?id=${site.courseId}`)
  const id = /name="enrolid"[^>]*value="(\d+)"/.exec(html)?.[1]
  return id === undefined ? undefined : Number(id)
}
