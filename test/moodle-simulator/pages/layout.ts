import { escapeAttribute, escapeText } from '../clean-html.ts'
import { modnames, seen } from '../functions/courses.ts'
import { THEME_REVISION } from '../functions/people.ts'
import { jsonEncode } from '../php.ts'
import type { Session } from '../sessions.ts'
import { fullname } from '../state.ts'
import type { Course, CourseModule, User } from '../types.ts'
import type { World } from '../world.ts'

export type Visit = { world: World; user: User; session: Session }

export type Page = {
  title: string
  bodyId: string
  /** Moodle's path classes and the like, less those that every page has. */
  classes: string
  layout: string
  main: string
  course?: Course
  cm?: CourseModule
  contextid?: number
  contextInstanceId?: number
  heading?: string
  tabs?: [name: string, address: string, current?: boolean][]
  crumbs?: [name: string, address?: string][]
  drawer?: boolean
  /** Beside the heading. */
  buttons?: string
}

export const h = escapeText
export const attribute = escapeAttribute
const rightToLeft = new Set(['ar', 'he', 'fa'])

export const languageOf = (session: Session): string => session.lang || 'en'

const hostClass = (wwwroot: string): string =>
  wwwroot
    .replace(/^https?:\/\//, '')
    .replaceAll('.', '-')
    .replace(':', '--')

function config({ world, user, session }: Visit, page: Page): string {
  const { wwwroot } = world.state
  const value = {
    wwwroot,
    apibase: `${wwwroot}/r.php/api`,
    homeurl: {},
    sesskey: session.sesskey,
    sessiontimeout: String(world.state.settings.sessiontimeout),
    sessiontimeoutwarning: '1200',
    themerev: THEME_REVISION,
    slasharguments: 1,
    theme: session.look,
    iconsystemmodule: 'core/icon_system_fontawesome',
    jsrev: THEME_REVISION,
    admin: 'admin',
    svgicons: true,
    usertimezone: 'Europe/London',
    language: languageOf(session),
    courseId: page.course?.id ?? 1,
    courseContextId: page.course?.contextid ?? 2,
    contextid: page.contextid ?? page.cm?.contextid ?? page.course?.contextid ?? 1,
    contextInstanceId: page.contextInstanceId ?? page.cm?.id ?? page.course?.id ?? 0,
    langrev: Number(THEME_REVISION),
    templaterev: THEME_REVISION,
    siteId: 1,
    // Releases before 4.5 name nobody in a page without a user menu.
    ...(page.layout === 'embedded' ? {} : { userId: user.id }),
  }
  return jsonEncode(value)
}

function bodyClasses({ world, session }: Visit, page: Page): string {
  const language = languageOf(session)
  return [
    page.classes,
    rightToLeft.has(language) ? 'dir-rtl' : 'dir-ltr',
    `lang-${language} yui-skin-sam yui3-skin-sam`,
    hostClass(world.state.wwwroot),
    `pagelayout-${page.layout}`,
    `course-${page.course?.id ?? 1}`,
    `context-${page.contextid ?? page.cm?.contextid ?? page.course?.contextid ?? 1}`,
    page.cm ? `cmid-${page.cm.id} cm-type-${page.cm.modname}` : '',
    page.course ? 'category-1' : 'notloggedin-none',
    session.userid === 0 ? 'notloggedin' : '',
    session.realuserid === null ? '' : 'userloggedinas',
    session.switchedRole ? 'userswitchedrole' : '',
    'theme',
    session.look === 'classic' ? '' : page.drawer ? 'uses-drawers drawer-open-index' : 'uses-drawers',
  ]
    .filter((part) => part !== '' && part !== 'notloggedin-none')
    .join(' ')
}

const bell =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M8 16a2 2 0 0 0 2-2H6a2 2 0 0 0 2 2M8 1a1 1 0 0 0-1 1v.6A4.5 4.5 0 0 0 3.500 7c0 3-1 4.500-1.500 5h12c-.5-.5-1.500-2-1.500-5A4.500 4.500 0 0 0 9 2.600V2a1 1 0 0 0-1-1"/></svg>'
const speech =
  '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M14 1H2a1 1 0 0 0-1 1v9a1 1 0 0 0 1 1h2v3l4-3h6a1 1 0 0 0 1-1V2a1 1 0 0 0-1-1"/></svg>'

function userNavigation({ world, user, session }: Visit): string {
  const { state } = world
  if (session.guest || user.id === 0) {
    return `<div class="usermenu"><span class="login">You are currently using guest access (<a href="${state.wwwroot}/login/index.php">Log in</a>)</span></div>`
  }
  const notes = state.notifications.filter((row) => row.useridto === user.id && row.timeread === null).length
  const unread = state.unread.get(user.id)?.size ?? 0
  const count = (number: number) =>
    `<div class="count-container${number > 0 ? '' : ' hidden'}" data-region="count-container">${number}</div>`
  return (
    `<div class="popover-region collapsed popover-region-notifications" id="nav-notification-popover-container" data-userid="${user.id}" data-region="popover-region">` +
    `<div class="popover-region-toggle nav-link" data-region="popover-region-toggle" role="button" aria-label="Show notification window" tabindex="0">${bell}${count(notes)}</div></div>` +
    `<div class="popover-region collapsed" data-region="popover-region-messages"><a id="message-drawer-toggle-1" class="nav-link popover-region-toggle" href="${state.wwwroot}/message/index.php" role="button" aria-label="Toggle messaging drawer">${speech}${count(unread)}</a></div>` +
    `<div class="usermenu"><a href="${state.wwwroot}/user/profile.php?id=${user.id}" class="userbutton" id="user-menu-toggle" title="${attribute(fullname(user))}"><span class="userinitials size-35">${h(initials(user))}</span></a>` +
    `<a href="${state.wwwroot}/login/logout.php?sesskey=${session.sesskey}">Log out</a></div>`
  )
}

export const initials = (user: User): string => `${user.firstname[0] ?? ''}${user.lastname[0] ?? ''}`

function navbar(visit: Visit, page: Page): string {
  const { state } = visit.world
  const current = (here: boolean) => (here ? ' aria-current="true"' : '')
  return (
    `<nav class="navbar navbar-expand fixed-top" aria-label="Site navigation"><a href="${state.wwwroot}/" class="navbar-brand">${h(state.settings.sitename)}</a>` +
    `<ul class="primary-navigation"><li><a href="${state.wwwroot}/my/"${current(page.bodyId === 'page-my-index')}>Dashboard</a></li>` +
    `<li><a href="${state.wwwroot}/my/courses.php"${current(page.course !== undefined)}>My courses</a></li></ul>` +
    `<div id="usernavigation" class="navbar-nav">${userNavigation(visit)}</div></nav>`
  )
}

export const moduleAddress = (wwwroot: string, cm: CourseModule): string =>
  `${wwwroot}/mod/${cm.modname}/view.php?id=${cm.id}`

function drawer({ world, user, session }: Visit, course: Course): string {
  const { state } = world
  const context = { state, user, session, sessions: world.sessions, call: () => null }
  const sections = course.sections.map((section) => {
    const links = section.modules
      .filter((cm) => seen(context, cm))
      .map(
        (cm) =>
          `<li><a class="courseindex-link" href="${moduleAddress(state.wwwroot, cm)}">${h(cm.name)}</a></li>`,
      )
    return `<div class="courseindex-section" data-id="${section.id}"><span class="courseindex-section-title">${h(section.name)}</span><ul>${links.join('')}</ul></div>`
  })
  return `<div class="drawer drawer-left show" id="theme_boost-drawers-courseindex"><nav id="courseindex" aria-label="Course index">${sections.join('')}</nav></div>`
}

function header(visit: Visit, page: Page): string {
  const crumbs = (page.crumbs ?? []).map(([name, address]) =>
    address === undefined ? `<li>${h(name)}</li>` : `<li><a href="${attribute(address)}">${h(name)}</a></li>`,
  )
  const tabs = (page.tabs ?? []).map(
    ([name, address, current]) =>
      `<li><a href="${attribute(visit.world.state.wwwroot + address)}"${current ? ' aria-current="true"' : ''}>${h(name)}</a></li>`,
  )
  const icon = page.cm
    ? `<span class="activityiconcontainer ${modnames[page.cm.modname][2]}" style="float:inline-start;margin-inline-end:1rem">${h(modnames[page.cm.modname][0][0] ?? '')}</span>`
    : ''
  return (
    `<header id="page-header" class="header-maxwidth">${crumbs.length > 0 ? `<nav aria-label="Navigation bar"><ol class="breadcrumb">${crumbs.join('')}</ol></nav>` : ''}` +
    `<div class="page-context-header">${icon}<div class="page-header-headings"><h1 class="h2">${h(page.heading ?? page.title)}</h1></div>${page.buttons ?? ''}</div></header>` +
    (tabs.length > 0 ? `<ul class="secondary-navigation">${tabs.join('')}</ul>` : '')
  )
}

function loggedInAs({ world, user, session }: Visit): string {
  const real = session.realuserid === null ? undefined : world.state.users.get(session.realuserid)
  if (!real) return ''
  return `<div class="logininfo">[${h(fullname(real))}] You are logged in as ${h(fullname(user))}</div>`
}

/** Classic has blocks where Boost has drawers; what stands in the middle is drawn alike. */
const frameOf = ({ session }: Visit): string =>
  session.look === 'classic'
    ? '<div id="page" class="container-fluid d-print-block"><div class="classic">'
    : '<div id="page" data-region="mainpage" data-usertour="scroller" class="drawers"><div id="topofscroll" class="main-inner">'

/** A whole page with the landmarks of Boost, in our own markup. */
export function layout(visit: Visit, page: Page): string {
  const { wwwroot, settings } = visit.world.state
  const language = languageOf(visit.session)
  const direction = rightToLeft.has(language) ? 'rtl' : 'ltr'
  return `<!DOCTYPE html>
<html dir="${direction}" lang="${language}" data-bs-theme="${visit.session.theme}">
<head>
<title>${h(page.title)} | ${h(settings.sitename)}</title>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1.0"><meta name="keywords" content="moodle, ${attribute(page.title)}">
<link rel="icon" href="data:,"><link rel="stylesheet" href="${wwwroot}/theme/styles.php/boost/${THEME_REVISION}_1/all">
<script>
//<![CDATA[
var M = {}; M.yui = {};
M.cfg = ${config(visit, page)};var yui1ConfigFn = function(me) {};
//]]>
</script>
</head>
<body  id="${page.bodyId}" class="${bodyClasses(visit, page)}">
<div id="page-wrapper" class="d-print-block">
${page.layout === 'login' || page.layout === 'embedded' ? '' : navbar(visit, page)}
${page.drawer && page.course && visit.session.look === 'boost' ? drawer(visit, page.course) : ''}
${frameOf(visit)}
${page.layout === 'embedded' ? '' : header(visit, page)}
<div id="page-content" class="pb-3 d-print-block"><div id="region-main-box"><section id="region-main" aria-label="Content">
<div role="main">${page.main}</div>
</section></div></div>
</div><footer id="page-footer">${loggedInAs(visit)}Simulator for tests, not a Moodle</footer></div>
</div>
</body>
</html>
`
}
