import type { Hono } from 'hono'
import { addMessage, between, ensureBetween, markConversationRead } from '../conversations.ts'
import { parseForm } from '../form.ts'
import { seen } from '../functions/courses.ts'
import { dashboardPage, errorPage, passwordPage, policyPage } from '../pages/account.ts'
import { modulePage } from '../pages/activity.ts'
import { graderPage, gradingPage } from '../pages/assign.ts'
import { coursePage } from '../pages/course.ts'
import { discussionPage } from '../pages/forum.ts'
import type { Visit } from '../pages/layout.ts'
import { messagePage } from '../pages/message.ts'
import { graderReport, participantsPage, profilePage, userReport } from '../pages/people.ts'
import { styles } from '../pages/styles.ts'
import { canMessage, canMessageConversation } from '../permission.ts'
import type { Course, CourseModule } from '../types.ts'
import type { World } from '../world.ts'
import { type Env, formText, sendTo, type Web } from './env.ts'
import { type Opener, opener } from './visit.ts'

const silhouette =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="9" r="4" fill="#8f959e"/><path d="M4 21a8 8 0 0 1 16 0" fill="#8f959e"/></svg>'
const smiley =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10" fill="#ffc72c"/><circle cx="8.500" cy="10" r="1.500"/><circle cx="15.500" cy="10" r="1.500"/><path d="M7 14a5 5 0 0 0 10 0" fill="none" stroke="#000"/></svg>'
const nothing = 'Sorry, but you do not currently have permissions to do that.'

const fail = (web: Web, visit: Visit, message: string, errorcode = 'nopermissions'): Response =>
  web.html(errorPage(visit, message, errorcode), 404)

const number = (web: Web, name: string): number => Number(web.req.query(name) ?? 0)

function withCourse(visit: Visit, id: number): Course | undefined {
  const course = visit.world.state.courses.get(id)
  if (!course) return undefined
  if (!visit.user.siteadmin && !course.enrolments.has(visit.user.id)) return undefined
  visit.user.courseaccess.set(id, visit.world.state.clock.now())
  return course
}

function withModule(
  visit: Visit,
  id: number,
  modname: string,
): { course: Course; cm: CourseModule } | undefined {
  const { world, user, session } = visit
  const cm = world.state.modules.get(id)
  const course = cm && withCourse(visit, cm.course)
  if (!course || cm.modname !== modname) return undefined
  const context = { state: world.state, sessions: world.sessions, user, session, call: () => null }
  return seen(context, cm) ? { course, cm } : undefined
}

const page = (web: Web, visit: Visit, html: string | undefined): Response =>
  html === undefined ? fail(web, visit, nothing) : web.html(html)

function courseRoutes(app: Hono<Env>, open: Opener): void {
  const ofCourse = (show: (visit: Visit, course: Course) => string | undefined) =>
    open((web, visit) => {
      const course = withCourse(visit, number(web, 'id'))
      return page(web, visit, course && show(visit, course))
    })
  app.get('/course/view.php', ofCourse(coursePage))
  app.get('/user/index.php', ofCourse(participantsPage))
  app.get('/grade/report/grader/index.php', ofCourse(graderReport))
  app.get(
    '/grade/report/user/index.php',
    open((web, visit) => {
      const course = withCourse(visit, number(web, 'id'))
      return page(web, visit, course && userReport(visit, course, number(web, 'userid')))
    }),
  )
  app.get(
    '/course/switchrole.php',
    open((web, visit) => {
      const back = number(web, 'switchrole') === 0
      visit.session.switchedRole = back ? null : { courseid: number(web, 'id'), role: 'student' }
      return sendTo(web, visit.world, `/course/view.php?id=${number(web, 'id')}`)
    }),
  )
}

function activityRoutes(app: Hono<Env>, open: Opener): void {
  app.get(
    '/mod/forum/discuss.php',
    open((web, visit) => {
      const discussion = visit.world.state.discussions.get(number(web, 'd'))
      const found = discussion && withModule(visit, discussion.forum, 'forum')
      return page(web, visit, found && discussionPage({ visit, ...found }, discussion))
    }),
  )
  app.get(
    '/mod/:modname/view.php',
    open((web, visit) => {
      const found = withModule(visit, number(web, 'id'), web.req.param('modname') ?? '')
      if (!found) return fail(web, visit, nothing)
      const opened = { visit, ...found }
      const action = found.cm.modname === 'assign' ? web.req.query('action') : undefined
      if (action === 'grader') return page(web, visit, graderPage(opened, number(web, 'userid')))
      return page(web, visit, action === 'grading' ? gradingPage(opened) : modulePage(opened))
    }),
  )
}

function personRoutes(app: Hono<Env>, open: Opener): void {
  const profile = open((web, visit) => {
    const person = visit.world.state.users.get(number(web, 'id') || visit.user.id)
    return page(web, visit, person && profilePage(visit, person, withCourse(visit, number(web, 'course'))))
  })
  app.get('/user/profile.php', profile)
  app.get('/user/view.php', profile)
  app.get(
    '/my/',
    open((web, visit) => web.html(dashboardPage(visit))),
  )
  app.get(
    '/my/courses.php',
    open((web, visit) => web.html(dashboardPage(visit))),
  )
  app.get(
    '/',
    open((web, visit) => web.html(dashboardPage(visit))),
  )
}

function conversationAsked(visit: Visit, form: Record<string, unknown>) {
  const { state } = visit.world
  const held = state.conversations.get(Number(form.convid ?? 0))
  if (held?.members.has(visit.user.id)) return held
  return between(state, visit.user.id, Number(form.id ?? form.user2 ?? 0))
}

function messageRoutes(app: Hono<Env>, open: Opener): void {
  app.get(
    '/message/index.php',
    open((web, visit) => {
      if (!visit.world.state.settings.messaging)
        return fail(web, visit, 'Messaging is disabled on this site', 'disabled')
      const conversation = conversationAsked(visit, web.req.query())
      if (conversation) markConversationRead(visit.world.state, visit.user.id, conversation)
      return web.html(messagePage(visit, conversation, number(web, 'id') || number(web, 'user2')))
    }),
  )
  app.post(
    '/message/index.php',
    open((web, visit) => {
      const form = parseForm(formText(web))
      if (form.sesskey !== visit.session.sesskey)
        return fail(web, visit, 'Your session has most likely timed out.', 'invalidsesskey')
      const { state } = visit.world
      const recipient = state.users.get(Number(form.id ?? 0))
      const conversation =
        conversationAsked(visit, form) ??
        (recipient && canMessage(state, visit.user, recipient)
          ? ensureBetween(state, visit.user.id, recipient.id)
          : undefined)
      if (!conversation || !canMessageConversation(state, visit.user, conversation))
        return fail(web, visit, nothing)
      addMessage(state, conversation, { useridfrom: visit.user.id, text: String(form.text ?? ''), format: 0 })
      return sendTo(web, visit.world, `/message/index.php?convid=${conversation.id}`)
    }),
  )
}

function obstacleRoutes(app: Hono<Env>, open: Opener): void {
  app.get(
    '/user/policy.php',
    open((web, visit) => web.html(policyPage(visit)), { passing: true }),
  )
  app.post(
    '/user/policy.php',
    open(
      (web, visit) => {
        visit.user.policyagreed = true
        return sendTo(web, visit.world, '/my/')
      },
      { passing: true },
    ),
  )
  app.get(
    '/login/change_password.php',
    open((web, visit) => web.html(passwordPage(visit)), { passing: true }),
  )
  app.post(
    '/login/change_password.php',
    open(
      (web, visit) => {
        const wanted = String(parseForm(formText(web)).newpassword1 ?? '')
        if (wanted !== '') visit.user.password = wanted
        visit.user.preferences.delete('auth_forcepasswordchange')
        return sendTo(web, visit.world, '/my/')
      },
      { passing: true },
    ),
  )
}

export function pageRoutes(app: Hono<Env>, world: World): void {
  const open = opener(world)
  app.get('/theme/styles.php/*', (web) =>
    web.body(styles, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  app.get('/theme/image.php/*', (web) =>
    web.body(web.req.path.includes('/s/') ? smiley : silhouette, 200, { 'content-type': 'image/svg+xml' }),
  )
  courseRoutes(app, open)
  activityRoutes(app, open)
  personRoutes(app, open)
  messageRoutes(app, open)
  obstacleRoutes(app, open)
}
