import { afterEach, expect, test } from 'vitest'
import { running } from './running.ts'
import { ajax, rest } from './talk.ts'

const simulator = running()
const COUNT = 'core_message_get_unread_conversations_count'
const SEND = 'core_message_send_instant_messages'
const count = () =>
  ajax(simulator(), simulator().login('teacher1'), [{ function: COUNT, args: { useridto: 3 } }])
const send = () => {
  const messages = [{ touserid: 6, text: 'once', textformat: 2 }]
  return ajax(simulator(), simulator().login('teacher1'), [{ function: SEND, args: { messages } }])
}
const stored = () => simulator().messagesBetween('teacher1', 'student2').length

afterEach(() => simulator().faults.clear())

test('a cut line does nothing', async () => {
  const before = stored()
  simulator().faults.add({ kind: 'offline', match: { function: SEND } })
  await expect(send()).rejects.toThrow('fetch failed')
  expect(stored()).toBe(before)
})

test('a lost answer leaves the work done', async () => {
  const before = stored()
  simulator().faults.add({ kind: 'answerLost', match: { function: SEND }, times: 1 })
  await expect(send()).rejects.toThrow('fetch failed')
  expect(stored()).toBe(before + 1)
  expect((await send()).status).toBe(200)
})

test('a server’s error comes with its status and its time to come back', async () => {
  simulator().faults.add({ kind: 'status', status: 502, retryAfter: 7, times: 1 })
  expect((await count()).status).toBe(502)
  expect((await count()).status).toBe(200)
})

test('a page comes instead of JSON', async () => {
  simulator().faults.add({ kind: 'html', times: 1 })
  expect((await count()).text).toMatch(/^<!DOCTYPE html>/)
})

test('debug text stands before the JSON', async () => {
  simulator().faults.add({ kind: 'debugText', match: { path: '/webservice/rest/server.php' }, times: 1 })
  const wstoken = simulator().tokenOf('teacher1')
  const body = new URLSearchParams({ wstoken, wsfunction: COUNT, moodlewsrestformat: 'json', useridto: '3' })
  const response = await fetch(`${simulator().wwwroot}/webservice/rest/server.php`, { method: 'POST', body })
  expect(await response.text()).toMatch(/^<br \/>[\s\S]*\n0$/)
})

test('a slow answer takes its time', async () => {
  simulator().faults.add({ kind: 'latency', ms: 60, times: 1 })
  const start = performance.now()
  await count()
  expect(performance.now() - start).toBeGreaterThanOrEqual(55)
})

test('the third request of a function can be the one that fails', async () => {
  simulator().faults.add({ kind: 'status', match: { function: COUNT }, after: 2, times: 1 })
  const statuses = [await count(), await send(), await count(), await count(), await count()].map(
    (a) => a.status,
  )
  expect(statuses).toEqual([200, 200, 200, 503, 200])
})

test('a fault meets the functions inside of a token’s batch', async () => {
  simulator().faults.add({ kind: 'status', match: { function: COUNT }, times: 1 })
  const requests = [{ function: COUNT, arguments: '{"useridto":3}' }]
  const wstoken = simulator().tokenOf('teacher1')
  const body = new URLSearchParams({ wstoken, wsfunction: 'tool_mobile_call_external_functions' })
  body.set('requests[0][function]', requests[0]?.function ?? '')
  const response = await fetch(`${simulator().wwwroot}/webservice/rest/server.php`, { method: 'POST', body })
  expect(response.status).toBe(503)
})

test('requests are written down with their functions and bytes, and without secrets', async () => {
  simulator().requests.clear()
  const { sesskey, cookie } = simulator().login('teacher1')
  await ajax(simulator(), { sesskey, cookie }, [{ function: COUNT, args: { useridto: 3 } }], {
    nosessionupdate: true,
  })
  await rest(simulator(), 'teacher1', COUNT, { useridto: 3 })
  expect(simulator().requests.count(COUNT)).toBe(2)
  const [first] = simulator().requests.all()
  expect(first).toMatchObject({
    path: '/lib/ajax/service.php',
    userid: 3,
    nosessionupdate: true,
    status: 200,
  })
  expect(first?.responseBytes).toBeGreaterThan(10)
  const written = JSON.stringify(simulator().requests.all())
  for (const secret of [sesskey, cookie, simulator().tokenOf('teacher1')])
    expect(written).not.toContain(secret)
})
