import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { running } from './running.ts'
import { ajax, ask, page, refusal, rest } from './talk.ts'

const simulator = running()
const COUNT = 'core_message_get_unread_conversations_count'
const args = { useridto: 3 }
const overSession = async () =>
  (await refusal(simulator(), simulator().login('teacher1'), COUNT, args)).errorcode
const overToken = async () => (await rest(simulator(), 'teacher1', COUNT, args)).body

afterEach(() => {
  const site = simulator()
  site.setMessaging(true)
  site.setMaintenance(false)
  site.setWebServices(true)
  site.requirePolicy(false)
  site.forcePasswordChange('teacher1', false)
  site.suspend('teacher1', false)
  site.setDebug(false)
  site.setTypeOfLogin(2)
})

describe('states of the site', () => {
  test('messaging off is told over both transports', async () => {
    simulator().setMessaging(false)
    expect(await overSession()).toBe('disabled')
    expect(await overToken()).toMatchObject({ errorcode: 'disabled' })
  })

  test('maintenance has two names, and pages answer 503', async () => {
    simulator().setMaintenance(true)
    expect(await overSession()).toBe('requireloginerror')
    expect(await overToken()).toMatchObject({ errorcode: 'sitemaintenance' })
    const { cookie } = simulator().login('teacher1')
    expect((await page(simulator(), '/my/', cookie)).status).toBe(503)
  })

  test('maintenance from the command line is a page for everyone, with a time to come back', async () => {
    simulator().setMaintenance('cli')
    const answer = await ajax(simulator(), simulator().login('teacher1'), [{ function: COUNT, args }])
    expect(answer.status).toBe(503)
    expect(answer.type).toContain('text/html')
    const response = await page(simulator(), '/webservice/rest/server.php')
    expect(response.headers.get('retry-after')).toBe('300')
  })

  test('web services off: REST is an empty 403, the session goes on', async () => {
    const token = simulator().tokenOf('teacher1')
    simulator().setWebServices(false)
    expect(await rest(simulator(), { token }, COUNT, args)).toMatchObject({ status: 403, text: '' })
    expect(await ask(simulator(), simulator().login('teacher1'), COUNT, args)).toBe(0)
  })

  test('a forced password change and a policy stop both transports, and the pages lead to what is asked', async () => {
    const { cookie } = simulator().login('teacher1')
    simulator().forcePasswordChange('teacher1')
    expect(await overSession()).toBe('forcepasswordchangenotice')
    expect(await overToken()).toMatchObject({ message: 'error/forcepasswordchangenotice' })
    expect((await page(simulator(), '/my/', cookie)).headers.get('location')).toBe(
      '/login/change_password.php',
    )
    simulator().forcePasswordChange('teacher1', false)
    simulator().requirePolicy(true)
    const error = await refusal(simulator(), simulator().login('teacher1'), COUNT, args)
    expect(error.message).toContain('/user/policy.php">')
    expect((await page(simulator(), '/my/', cookie)).headers.get('location')).toBe('/user/policy.php')
    await fetch(`${simulator().wwwroot}/user/policy.php`, {
      method: 'POST',
      headers: { cookie },
      redirect: 'manual',
    })
    expect((await page(simulator(), '/my/', cookie)).status).toBe(200)
  })

  test('a suspended person’s open session goes on, the token does not', async () => {
    const keys = simulator().login('teacher1')
    simulator().suspend('teacher1')
    expect(await ask(simulator(), keys, COUNT, args)).toBe(0)
    expect(await overToken()).toMatchObject({ errorcode: 'wsaccessusersuspended' })
  })

  test('with debugging on, errors carry where and why', async () => {
    simulator().setDebug(true)
    const error = await refusal(simulator(), simulator().login('teacher1'), COUNT, { useridto: 'x' })
    expect(error).toHaveProperty('debuginfo')
    expect(error).toHaveProperty('backtrace')
  })
})

describe('what can be called how', () => {
  test('a function that is not for sessions, or not for tokens, is refused in two ways', async () => {
    const error = await refusal(simulator(), simulator().login('teacher1'), 'core_webservice_get_site_info')
    expect(error.errorcode).toBe('servicenotavailable')
    const { body } = await rest(simulator(), 'teacher1', 'core_session_time_remaining')
    expect(body).toMatchObject({ errorcode: 'accessexception' })
  })

  test('an unknown function over the session is one object, and the answers before it are lost but done', async () => {
    const messages = [{ touserid: 10, text: 'done', textformat: 2 }]
    const calls = [
      { function: 'core_message_send_instant_messages', args: { messages } },
      { function: 'core_no_such_function' },
    ]
    const { body } = await ajax(simulator(), simulator().login('teacher1'), calls)
    expect(body).toMatchObject({ errorcode: 'invalidrecord' })
    expect(Array.isArray(body)).toBe(false)
    expect(simulator().messagesBetween('teacher1', 'student6')).toHaveLength(1)
  })

  test('a body that is not JSON is one object as well', async () => {
    const { body } = await ajax(simulator(), simulator().login('teacher1'), [], { body: '{' })
    expect(body).toMatchObject({ errorcode: 'codingerror' })
  })

  test('public functions answer without a login, others do not', async () => {
    const ask = async (methodname: string) => {
      const body = JSON.stringify([{ index: 0, methodname, args: {} }])
      const response = await fetch(`${simulator().wwwroot}/lib/ajax/service-nologin.php`, {
        method: 'POST',
        body,
      })
      return (await response.json()) as unknown
    }
    expect(await ask('tool_mobile_get_public_config')).toMatchObject([
      { data: { wwwroot: simulator().wwwroot } },
    ])
    expect(await ask(COUNT)).toMatchObject([{ exception: { errorcode: 'servicerequireslogin' } }])
  })

  test('without a format the answer is XML', async () => {
    const wstoken = simulator().tokenOf('teacher1')
    const body = new URLSearchParams({ wstoken, wsfunction: COUNT, useridto: '3' })
    const response = await fetch(`${simulator().wwwroot}/webservice/rest/server.php`, {
      method: 'POST',
      body,
    })
    expect(response.headers.get('content-type')).toContain('application/xml')
    expect(await response.text()).toContain('<VALUE>0</VALUE>')
  })

  test('REST may be called from anywhere, the session only from its own site', async () => {
    const response = await page(simulator(), '/webservice/rest/server.php')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const own = await fetch(`${simulator().wwwroot}/lib/ajax/service.php`, { method: 'POST', body: '[]' })
    expect(own.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('unknown, missing and mistyped arguments are refused', async () => {
    const keys = simulator().login('teacher1')
    for (const wrong of [{ userid: 'abc' }, {}, { userid: 3, nonsense: 1 }]) {
      const error = await refusal(simulator(), keys, 'core_message_get_conversations', wrong)
      expect(error.errorcode).toBe('invalidparameter')
    }
  })

  test('a function without result answers null', async () => {
    const { text } = await rest(simulator(), 'teacher1', 'core_user_update_user_preferences', { userid: 3 })
    expect(text).toBe('null')
  })
})

describe('batches', () => {
  const calls = [
    { function: COUNT, args },
    { function: 'core_message_get_conversation_messages', args: { currentuserid: 3, convid: 99999 } },
    { function: 'core_message_get_conversation_counts', args: { userid: 3 } },
  ]

  test('over the session stop at the first error', async () => {
    const { body } = await ajax(simulator(), simulator().login('teacher1'), calls)
    expect(body).toMatchObject([{ error: false }, { error: true }])
    expect(body).toHaveLength(2)
  })

  test('over a token likewise, with JSON in strings', async () => {
    const requests = calls.map((call) => ({ function: call.function, arguments: JSON.stringify(call.args) }))
    const { body } = await rest(simulator(), 'teacher1', 'tool_mobile_call_external_functions', { requests })
    const { responses } = body as { responses: { error: boolean; data?: string; exception?: string }[] }
    expect(responses).toHaveLength(2)
    expect(responses[0]).toEqual({ error: false, data: '0' })
    expect(JSON.parse(responses[1]?.exception ?? '')).toMatchObject({
      errorcode: 'User is not part of conversation.',
    })
  })

  test('a function outside the service is told with nothing but a code', async () => {
    const requests = [{ function: 'core_session_touch', arguments: '{}' }]
    const { body } = await rest(simulator(), 'teacher1', 'tool_mobile_call_external_functions', { requests })
    expect(body).toEqual({
      responses: [{ error: true, exception: '{"errorcode":"accessexception","module":"webservice"}' }],
    })
  })
})

describe('tokens', () => {
  const launch = (cookie: string, rest = '') =>
    page(
      simulator(),
      `/admin/tool/mobile/launch.php?service=moodle_mobile_app&passport=p4ss&urlscheme=ours${rest}`,
      cookie,
    )

  test('the launch page hands out the same token as the password, under the site’s own scheme', async () => {
    const { cookie } = simulator().login('teacher1')
    const response = await launch(cookie, '&confirmed=1')
    expect(response.status).toBe(200)
    const found = /"(\w+):\/\/token=([^"]+)"/.exec(await response.text())
    expect(found?.[1]).toBe('moodlemobile')
    const [hash, token] = atob(found?.[2] ?? '').split(':::')
    expect(hash).toBe(createHash('md5').update(`${simulator().wwwroot}p4ss`).digest('hex'))
    const body = new URLSearchParams({
      username: 'teacher1',
      password: 'Pass.1234',
      service: 'moodle_mobile_app',
    })
    const byPassword = await fetch(`${simulator().wwwroot}/login/token.php`, { method: 'POST', body })
    expect(await byPassword.json()).toEqual({ token, privatetoken: null })
  })

  test('without confirmed=1 it is a redirect', async () => {
    const response = await launch(simulator().login('teacher1').cookie)
    expect(response.status).toBe(302)
    expect(response.headers.get('location')).toMatch(/^moodlemobile:\/\/token=/)
  })

  test('a site that takes logins in the app only answers an error page', async () => {
    simulator().setTypeOfLogin(1)
    const response = await launch(simulator().login('teacher1').cookie, '&confirmed=1')
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('pluginnotenabledorconfigured')
  })

  test('a reset token is not found any more', async () => {
    const token = simulator().tokenOf('student3')
    simulator().resetToken('student3')
    const { body } = await rest(simulator(), { token }, COUNT, { useridto: 7 })
    expect(body).toMatchObject({ errorcode: 'invalidtoken' })
    expect(simulator().tokenOf('student3')).not.toBe(token)
  })

  test('a wrong password and an unknown service are refused', async () => {
    const ask = async (password: string, service: string) => {
      const body = new URLSearchParams({ username: 'teacher1', password, service })
      const response = await fetch(`${simulator().wwwroot}/login/token.php`, { method: 'POST', body })
      return (await response.json()) as unknown
    }
    expect(await ask('wrong', 'moodle_mobile_app')).toMatchObject({ errorcode: 'invalidlogin' })
    expect(await ask('Pass.1234', 'nope')).toMatchObject({ errorcode: 'servicenotavailable' })
  })
})
