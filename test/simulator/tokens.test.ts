import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { running } from './running.ts'
import { ajax, page, rest } from './talk.ts'

const simulator = running()
const COUNT = 'core_message_get_unread_conversations_count'
const args = { useridto: 3 }

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

  test('are answered by index, as an object where the indexes do not run from 0', async () => {
    const body = JSON.stringify([{ index: 7, methodname: COUNT, args }])
    const { body: answer } = await ajax(simulator(), simulator().login('teacher1'), [], { body })
    expect(answer).toEqual({ 7: { error: false, data: 0 } })
  })

  test('without a login go on after an error', async () => {
    const names = [COUNT, 'tool_mobile_get_public_config']
    const body = JSON.stringify(names.map((methodname, index) => ({ index, methodname, args: {} })))
    const response = await fetch(`${simulator().wwwroot}/lib/ajax/service-nologin.php`, {
      method: 'POST',
      body,
    })
    expect(await response.json()).toMatchObject([{ error: true }, { error: false }])
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
    simulator().setTypeOfLogin(2)
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
