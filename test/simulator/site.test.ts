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
      `${simulator().wwwroot}/login/change_password.php`,
    )
    simulator().forcePasswordChange('teacher1', false)
    simulator().requirePolicy(true)
    const error = await refusal(simulator(), simulator().login('teacher1'), COUNT, args)
    expect(error.message).toContain('/user/policy.php">')
    expect((await page(simulator(), '/my/', cookie)).headers.get('location')).toBe(
      `${simulator().wwwroot}/user/policy.php`,
    )
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
