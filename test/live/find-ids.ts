import type { MoodleClient } from '../../lib/moodle/index.ts'
import type { Site } from '../conformance/site.ts'
import { ask } from '../conformance/talk.ts'
import type { Ids } from './ids.ts'

/** The database activity's parameters have a name of their own. */
const calledElsewhere: Record<string, string> = { data: 'database' }

/** What is no id and yet has to be said: nothing in particular. */
const asked = {
  query: 'a',
  search: 'a',
  searchtext: 'a',
  searchvalue: 'a',
  term: 'a',
  letter: 'a',
  criterianame: 'search',
  criteriavalue: 'a',
  component: 'core',
  stringid: 'yes',
  lang: 'en',
  field: 'email',
  classification: 'all',
  contextlevel: 'course',
  sort: '',
  filter: '',
  page: 0,
  perpage: 10,
  since: 0,
  groupid: 0,
  itemid: 0,
  attempt: 0,
  lessonattempt: 0,
  grade: 1,
  day: 1,
  month: 1,
  year: 2026,
}

/** The ids that Moodle's pages begin with: the course, its activities, two people, what they have together. */
export async function findIds(ids: Ids, site: Site, moodle: MoodleClient, student: number): Promise<void> {
  const { userid } = await ask(moodle, 'core_webservice_get_site_info', {})
  const { courseId, cmid } = site
  const everywhere = {
    courseid: courseId,
    course: courseId,
    cmid,
    coursemoduleid: cmid,
    userid,
    useridto: userid,
    currentuserid: userid,
    referenceuserid: userid,
    otheruserid: student,
    ...asked,
  }
  for (const [name, value] of Object.entries(everywhere)) ids.learn('', name, value)
  await findActivities(ids, moodle, courseId)
  const { conversations } = await ask(moodle, 'core_message_get_conversations', { userid })
  if (conversations[0]) {
    ids.learn('', 'conversationid', conversations[0].id)
    ids.learn('', 'convid', conversations[0].id)
  }
}

async function findActivities(ids: Ids, moodle: MoodleClient, courseid: number): Promise<void> {
  const sections = await ask(moodle, 'core_course_get_contents', { courseid })
  for (const { modules } of sections) {
    for (const { modname, instance, id, contextid } of modules) {
      const component = `mod_${modname}`
      ids.learn(component, 'cmid', id)
      if (contextid) ids.learn('', 'contextid', contextid)
      if (instance) for (const name of namesOf(modname)) ids.learn(component, name, instance)
    }
  }
}

const namesOf = (modname: string): string[] => {
  const called = calledElsewhere[modname] ?? modname
  return [`${called}id`, `${called}sid`, 'id', 'instanceid']
}
