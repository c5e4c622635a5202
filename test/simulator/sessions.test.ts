import { describe, expect, test } from 'vitest'
import { createClock } from '../moodle-simulator/time.ts'
import { running } from './running.ts'
import { ajax, ask, page, refusal } from './talk.ts'

const clock = createClock()
const simulator = running({ clock })
const COUNT = 'core_message_get_unread_conversations_count'
const count = { function: COUNT, args: { useridto: 3 } }
const errorOf = async (keys: { cookie: string; sesskey: string }) =>
  (await refusal(simulator(), keys, COUNT, { useridto: 3 })).errorcode

/** Logs in as a browser does: form, hidden token, cookie after cookie. */
async function logInByForm(username: string, password: string, cookie = '', token?: string) {
  const form = await page(simulator(), '/login/index.php', cookie)
  const fresh = form.headers.get('set-cookie')?.split(';')[0] ?? cookie
  const logintoken = token ?? /name="logintoken" value="([^"]*)"/.exec(await form.text())?.[1] ?? ''
  const body = new URLSearchParams({ username, password, logintoken })
  const response = await fetch(`${simulator().wwwroot}/login/index.php`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { cookie: fresh },
  })
  return { response, cookie: response.headers.get('set-cookie')?.split(';')[0] ?? '' }
}

const configOf = async (cookie: string, path = '/my/') =>
  JSON.parse(/M\.cfg = (\{.*?\});/.exec(await (await page(simulator(), path, cookie)).text())?.[1] ?? '{}')

describe('logging in', () => {
  test('needs the form’s own token', async () => {
    const { response } = await logInByForm('teacher1', 'Pass.1234', '', 'another')
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('Invalid login')
  })

  test('gives a new cookie, and its pages carry the sesskey and who is there', async () => {
    const { response, cookie } = await logInByForm('teacher1', 'Pass.1234')
    expect(response.status).toBe(303)
    expect(await configOf(cookie)).toMatchObject({
      wwwroot: simulator().wwwroot,
      userId: 3,
      siteId: 1,
      theme: 'boost',
    })
    const { sesskey } = await configOf(cookie)
    expect(await ask(simulator(), { cookie, sesskey }, 'core_session_time_remaining')).toMatchObject({
      userid: 3,
    })
  })

  test('leads to the page that was wanted', async () => {
    const wanted = await page(simulator(), '/mod/assign/view.php?id=3')
    expect(wanted.status).toBe(302)
    const cookie = wanted.headers.get('set-cookie')?.split(';')[0]
    const { response } = await logInByForm('student1', 'Pass.1234', cookie)
    expect(response.headers.get('location')).toBe(`${simulator().wwwroot}/mod/assign/view.php?id=3`)
  })

  test('changes the sesskey each time', () => {
    expect(simulator().login('teacher1').sesskey).not.toBe(simulator().login('teacher1').sesskey)
  })
})

describe('a session', () => {
  test('is refused with a wrong sesskey, and without a cookie', async () => {
    const keys = simulator().login('teacher1')
    expect(await errorOf({ ...keys, sesskey: 'wrong' })).toBe('invalidsesskey')
    expect(await errorOf({ ...keys, cookie: '' })).toBe('servicerequireslogin')
  })

  test('whose sesskey changed is refused until the page is read again', async () => {
    const keys = simulator().login('teacher1')
    simulator().changeSesskey('teacher1')
    expect(await errorOf(keys)).toBe('invalidsesskey')
    const { sesskey } = await configOf(keys.cookie)
    expect(await ask(simulator(), { ...keys, sesskey }, COUNT, { useridto: 3 })).toBe(0)
  })

  test('that was ended is answered as logged out', async () => {
    const keys = simulator().login('teacher1')
    simulator().expireSessions('teacher1')
    expect(await errorOf(keys)).toBe('servicerequireslogin')
  })

  test('polled with nosessionupdate is not kept alive', async () => {
    const keys = simulator().login('teacher1')
    const [session] = simulator().sessionsOf('teacher1').slice(-1)
    const before = session?.lastaccess
    clock.advance(3600)
    await ajax(simulator(), keys, [count], { nosessionupdate: true })
    expect(session?.lastaccess).toBe(before)
    clock.advance(28800 - 3600 + 1)
    expect(await errorOf(keys)).toBe('servicerequireslogin')
  })

  test('polled without it is', async () => {
    const keys = simulator().login('teacher1')
    clock.advance(28800 - 10)
    await ajax(simulator(), keys, [count])
    clock.advance(100)
    expect(await ask(simulator(), keys, COUNT, { useridto: 3 })).toBe(0)
  })

  test('tells the time that is left, and a touch renews it', async () => {
    const keys = simulator().login('teacher1')
    clock.advance(1000)
    const left = () =>
      ajax(simulator(), keys, [{ function: 'core_session_time_remaining' }], { nosessionupdate: true }).then(
        ({ body }) => (body as { data: { timeremaining: number } }[])[0]?.data.timeremaining ?? 0,
      )
    expect(await left()).toBeLessThanOrEqual(27800)
    await ask(simulator(), keys, 'core_session_touch')
    expect(await left()).toBeGreaterThan(28790)
  })

  test('ends with logging out, and only with its sesskey', async () => {
    const keys = simulator().login('teacher1')
    await page(simulator(), '/login/logout.php?sesskey=wrong', keys.cookie)
    expect(await ask(simulator(), keys, COUNT, { useridto: 3 })).toBe(0)
    await page(simulator(), `/login/logout.php?sesskey=${keys.sesskey}`, keys.cookie)
    expect(await errorOf(keys)).toBe('servicerequireslogin')
  })
})

describe('another person on the same browser', () => {
  test('has another cookie, and the first one’s sesskey is worth nothing with it', async () => {
    const first = await logInByForm('student1', 'Pass.1234')
    const { sesskey } = await configOf(first.cookie)
    await page(simulator(), `/login/logout.php?sesskey=${sesskey}`, first.cookie)
    const second = await logInByForm('student2', 'Pass.1234', first.cookie)
    expect(await errorOf({ cookie: second.cookie, sesskey })).toBe('invalidsesskey')
    expect(await configOf(second.cookie)).toMatchObject({ userId: 6 })
  })

  test('somebody else’s conversations are refused with a sentence', async () => {
    const error = await refusal(
      simulator(),
      simulator().login('teacher1'),
      'core_message_get_conversations',
      { userid: 5 },
    )
    expect(error.errorcode).toBe('You do not have permission to perform this action.')
  })

  test('a "logged in as" page says so, and calls go as the other person', async () => {
    const keys = simulator().loginAs('student1')
    const html = await (await page(simulator(), '/my/', keys.cookie)).text()
    expect(html).toMatch(/<body [^>]*class="[^"]*userloggedinas/)
    expect(html).toContain('You are logged in as Student Number1')
    expect(await ask(simulator(), keys, 'core_session_time_remaining')).toMatchObject({ userid: 5 })
  })

  test('a guest’s page has no notifications region and no messaging', async () => {
    const keys = simulator().loginAsGuest()
    const html = await (await page(simulator(), '/my/', keys.cookie)).text()
    expect(html).not.toContain('data-userid')
    expect((await refusal(simulator(), keys, COUNT, { useridto: 1 })).errorcode).toBe('noguest')
  })

  test('a switched role is seen on the page', async () => {
    const { cookie } = simulator().login('teacher1')
    await page(simulator(), '/course/switchrole.php?id=2&switchrole=5', cookie)
    expect(await (await page(simulator(), '/course/view.php?id=2', cookie)).text()).toContain(
      'userswitchedrole',
    )
  })
})
