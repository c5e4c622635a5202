import { noRecord } from '../errors.ts'
import type { CourseModule } from '../types.ts'
import { modnames, requireCourse, requireModule, seen } from './courses.ts'
import { type Context, type Handlers, handler } from './handler.ts'
import { THEME_REVISION } from './people.ts'

function contentsModule({ state }: Context, cm: CourseModule) {
  const [, modplural, purpose] = modnames[cm.modname]
  return {
    id: cm.id,
    url: `${state.wwwroot}/mod/${cm.modname}/view.php?id=${cm.id}`,
    name: cm.name,
    instance: cm.instance,
    contextid: cm.contextid,
    visible: cm.visible ? 1 : 0,
    uservisible: true,
    visibleoncoursepage: 1,
    modicon: `${state.wwwroot}/theme/image.php/boost/${cm.modname}/${THEME_REVISION}/monologo?filtericon=1`,
    modname: cm.modname,
    purpose,
    branded: false,
    modplural,
    availability: null,
    indent: 0,
    onclick: '',
    afterlink: null,
    ...(cm.modname === 'forum' ? { activitybadge: [] } : {}),
    customdata: cm.modname === 'forum' ? '{"trackingtype":"1"}' : '""',
    noviewlink: false,
    completion: 0,
    downloadcontent: 1,
    dates: [],
    groupmode: 0,
    ...(cm.modname === 'page' ? pageContents(state.wwwroot, cm) : {}),
  }
}

function pageContents(wwwroot: string, cm: CourseModule) {
  const timemodified = Number(THEME_REVISION)
  const file = {
    type: 'file',
    filename: 'index.html',
    filepath: '/',
    filesize: 0,
    fileurl: `${wwwroot}/webservice/pluginfile.php/${cm.contextid}/mod_page/content/index.html?forcedownload=1`,
    timecreated: null,
    timemodified,
    sortorder: 1,
    userid: null,
    author: null,
    license: null,
  }
  const contentsinfo = {
    filescount: 1,
    filessize: 0,
    lastmodified: timemodified,
    mimetypes: [],
    repositorytype: '',
  }
  return { contents: [file], contentsinfo }
}

const getContents = handler<{ courseid: number }>(({ courseid }, context) =>
  requireCourse(context, courseid).sections.map((section, at) => ({
    id: section.id,
    name: section.name,
    visible: 1,
    summary: '',
    summaryformat: 1,
    section: at,
    hiddenbynumsections: 0,
    uservisible: true,
    component: null,
    itemid: null,
    modules: section.modules.filter((cm) => seen(context, cm)).map((cm) => contentsModule(context, cm)),
  })),
)

function moduleAnswer(context: Context, cmid: number) {
  const cm = requireModule(context, cmid)
  const course = requireCourse(context, cm.course)
  const section = course.sections.findIndex((row) => row.modules.includes(cm))
  return {
    cm: {
      id: cm.id,
      course: cm.course,
      module: 1,
      name: cm.name,
      modname: cm.modname,
      instance: cm.instance,
      section: course.sections[section]?.id ?? 0,
      sectionnum: section,
      groupmode: course.groupmode,
      groupingid: 0,
      completion: 0,
    },
    warnings: [],
  }
}

const getModule = handler<{ cmid: number }>(({ cmid }, context) => moduleAnswer(context, cmid))

export const courseContentFunctions: Handlers = {
  core_course_get_contents: getContents,
  core_course_get_course_module: getModule,
  core_course_get_course_module_by_instance: handler<{ module: string; instance: number }>(
    (args, context) => {
      const rows = [...context.state.modules.values()]
      const cm = rows.find((row) => row.modname === args.module && row.instance === args.instance)
      if (!cm) throw noRecord('course_modules')
      return moduleAnswer(context, cm.id)
    },
  ),
}
