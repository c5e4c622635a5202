import { jsonEncode } from '../php.ts'
import type { CourseModule } from '../types.ts'
import { modnames, requireCourse, seen } from './courses.ts'
import { type Context, type Handlers, handler } from './handler.ts'

const sectionRow = (
  context: Context,
  section: { id: number; name: string; modules: CourseModule[] },
  at: number,
) => ({
  id: String(section.id),
  section: at,
  number: at,
  title: section.name,
  hassummary: false,
  rawtitle: null,
  cmlist: section.modules.filter((cm) => seen(context, cm)).map((cm) => String(cm.id)),
  visible: true,
  sectionurl: `${context.state.wwwroot}/course/section.php?id=${section.id}`,
  current: false,
  indexcollapsed: false,
  contentcollapsed: false,
  hasrestrictions: false,
  bulkeditable: at > 0,
  component: null,
  itemid: null,
  parentsectionid: null,
})

const moduleRow = (context: Context, cm: CourseModule, sectionid: number, sectionnumber: number) => ({
  id: String(cm.id),
  anchor: `module-${cm.id}`,
  name: cm.name,
  visible: cm.visible,
  stealth: false,
  sectionid: String(sectionid),
  sectionnumber,
  uservisible: true,
  hascmrestrictions: false,
  modname: modnames[cm.modname][0],
  indent: 0,
  groupmode: 0,
  module: cm.modname,
  plugin: `mod_${cm.modname}`,
  hasdelegatedsection: false,
  accessvisible: cm.visible,
  url: `${context.state.wwwroot}/mod/${cm.modname}/view.php?id=${cm.id}`,
  istrackeduser: false,
  allowstealth: false,
})

/** The answer is JSON inside a string. */
const getState = handler<{ courseid: number }>(({ courseid }, context) => {
  const course = requireCourse(context, courseid)
  const { clock, wwwroot } = context.state
  return jsonEncode({
    course: {
      id: String(course.id),
      numsections: course.sections.length - 1,
      sectionlist: course.sections.map((section) => String(section.id)),
      editmode: false,
      highlighted: 'Highlighted',
      maxsections: '52',
      baseurl: `${wwwroot}/course/view.php?id=${course.id}`,
      statekey: `${course.timemodified}_${clock.now()}`,
      maxbytes: 67108864,
      maxbytestext: '64.0\u00a0MB',
    },
    section: course.sections.map((section, at) => sectionRow(context, section, at)),
    cm: course.sections.flatMap((section, at) =>
      section.modules.filter((cm) => seen(context, cm)).map((cm) => moduleRow(context, cm, section.id, at)),
    ),
  })
})

export const courseFormatFunctions: Handlers = { core_courseformat_get_state: getState }
