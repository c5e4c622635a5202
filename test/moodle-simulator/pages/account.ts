import type { Session } from '../sessions.ts'
import type { User } from '../types.ts'
import type { World } from '../world.ts'
import { attribute, h, layout, type Visit } from './layout.ts'

export const anonymous = (world: World, session: Session): Visit => ({
  world,
  session,
  user:
    world.state.users.get(session.userid) ??
    ({ ...world.state.users.get(1), id: 0, firstname: '', lastname: '' } as User),
})

export function loginPage(visit: Visit, message: string): string {
  const { wwwroot } = visit.world.state
  const alert =
    message === ''
      ? ''
      : `<div class="alert alert-danger" role="alert" id="loginerrormessage">${h(message)}</div>`
  return layout(visit, {
    title: 'Log in to the site',
    heading: `Log in to ${visit.world.state.settings.sitename}`,
    bodyId: 'page-login-index',
    classes: 'limitedwidth path-login',
    layout: 'login',
    main:
      `<div class="login-container loginform">${alert}<form class="login-form" action="${wwwroot}/login/index.php" method="post" id="login">` +
      `<input type="hidden" name="logintoken" value="${attribute(visit.session.logintoken)}">` +
      `<label for="username">Username</label><input type="text" name="username" id="username" class="form-control" autocomplete="username">` +
      `<label for="password">Password</label><input type="password" name="password" id="password" class="form-control" autocomplete="current-password">` +
      `<button class="btn btn-primary" type="submit" id="loginbtn">Log in</button></form></div>`,
  })
}

export function dashboardPage(visit: Visit): string {
  const { state } = visit.world
  const courses = [...(state.coursesOf.get(visit.user.id) ?? [])].flatMap((id) => state.courses.get(id) ?? [])
  const cards = courses.map(
    (course) =>
      `<div class="card" data-region="course-content" data-course-id="${course.id}"><h3><a href="${state.wwwroot}/course/view.php?id=${course.id}">${h(course.fullname)}</a></h3><span class="dimmed">Category 1</span></div>`,
  )
  return layout(visit, {
    title: 'Dashboard',
    bodyId: 'page-my-index',
    classes: 'limitedwidth path-my',
    layout: 'mydashboard',
    contextid: 1000 + visit.user.id,
    contextInstanceId: visit.user.id,
    main: `<h2>My courses</h2>${cards.join('')}`,
  })
}

export const policyPage = (visit: Visit): string =>
  layout(visit, {
    title: 'Site policy agreement',
    bodyId: 'page-user-policy',
    classes: 'path-user',
    layout: 'standard',
    main: `<div class="card"><p>Please read and agree to the policy of this site.</p><form method="post" action="${visit.world.state.wwwroot}/user/policy.php"><input type="hidden" name="sesskey" value="${attribute(visit.session.sesskey)}"><button class="btn btn-primary" name="agree" value="1">Yes</button></form></div>`,
  })

export const passwordPage = (visit: Visit): string =>
  layout(visit, {
    title: 'Change password',
    bodyId: 'page-login-change_password',
    classes: 'path-login',
    layout: 'standard',
    main: `<div class="card"><div class="alert">You must change your password to proceed.</div><form method="post" action="${visit.world.state.wwwroot}/login/change_password.php"><input type="hidden" name="sesskey" value="${attribute(visit.session.sesskey)}"><label for="newpassword1">New password</label><input class="form-control" type="password" name="newpassword1" id="newpassword1"><button class="btn btn-primary">Save changes</button></form></div>`,
  })

export const errorPage = (visit: Visit, message: string, errorcode: string): string =>
  layout(visit, {
    title: 'Error',
    bodyId: 'page-error',
    classes: '',
    layout: 'base',
    main: `<div class="box errorbox alert alert-danger" data-rel="fatalerror"><p class="errormessage">${h(message)}</p><p class="errorcode"><a href="https://docs.moodle.org/405/en/error/moodle/${h(errorcode)}">More information about this error</a></p></div>`,
  })

export const maintenancePage = (sitename: string): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${h(sitename)}</title><meta name="robots" content="noindex"></head><body><h1>${h(sitename)}</h1><p>This site is undergoing maintenance and is currently not available.</p></body></html>`

export const launchPage = (visit: Visit, address: string): string =>
  layout(visit, {
    title: 'Mobile app',
    bodyId: 'page-admin-tool-mobile-launch',
    classes: 'path-admin path-admin-tool path-admin-tool-mobile',
    layout: 'standard',
    main: `<div class="card"><p>If the app does not open by itself, press the link.</p><a id="launchapp" href="${attribute(address)}">Open the app</a></div>`,
  })
