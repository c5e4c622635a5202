import { describe, expect, test } from 'vitest'
import { fakeSite, overRest, wwwroot } from './fake-site.ts'

const unread = 'core_message_get_unread_conversations_count'
const popup = 'message_popup_get_unread_popup_notification_count'
const stored = { msgid: 7, text: 'hello', timecreated: 1, conversationid: 2, useridfrom: 3 }

describe('over a token', () => {
  const batch = 'tool_mobile_call_external_functions'
  const packed = (...data: unknown[]) => ({
    responses: data.map((one) => ({ error: false, data: JSON.stringify(one) })),
  })

  test('a single read is asked directly, the token first in the body and not in the address', async () => {
    const site = fakeSite(4)
    expect(await overRest(site).call(unread, { useridto: 3 })).toBe(4)
    const { body, url, request } = site.asked[0] ?? expect.unreachable()
    expect(body.startsWith('wstoken=token123&wsfunction=core_message_get_unread_conversations_count&')).toBe(
      true,
    )
    expect(url.href).toBe(`${wwwroot}/webservice/rest/server.php`)
    expect(request.credentials).toBe('omit')
    expect(request.headers.get('content-type')).toMatch('application/x-www-form-urlencoded')
  })

  test('several reads travel as one batch', async () => {
    const site = fakeSite(packed(1, 2))
    const moodle = overRest(site)
    const answers = await Promise.all([
      moodle.call(unread, { useridto: 3 }),
      moodle.call(popup, { useridto: 3 }),
    ])
    expect(answers).toEqual([1, 2])
    expect(site.asked).toHaveLength(1)
    const { form } = site.asked[0] ?? expect.unreachable()
    expect(form.get('wsfunction')).toBe(batch)
    expect(form.get('requests[1][function]')).toBe(popup)
    expect(form.get('requests[1][arguments]')).toBe('{"useridto":3}')
  })

  test('where the batch function is refused, reads go singly, and it is not asked for again', async () => {
    const refused = { exception: 'webservice_access_exception', errorcode: 'accessexception', message: 'no' }
    const site = fakeSite(({ form }: { form: URLSearchParams }) =>
      form.get('wsfunction') === batch ? refused : 5,
    )
    const moodle = overRest(site)
    const twice = () =>
      Promise.all([moodle.call(unread, { useridto: 3 }), moodle.call(popup, { useridto: 3 })])
    expect(await twice()).toEqual([5, 5])
    expect(await twice()).toEqual([5, 5])
    expect(site.asked.filter(({ form }) => form.get('wsfunction') === batch)).toHaveLength(1)
    expect(site.asked).toHaveLength(5)
  })

  test('a token that is refused everything is not taken for a missing batch function', async () => {
    const refused = { exception: 'webservice_access_exception', errorcode: 'accessexception', message: 'no' }
    const site = fakeSite(refused, refused, refused, packed(1, 2))
    const moodle = overRest(site)
    const twice = () =>
      Promise.allSettled([moodle.call(unread, { useridto: 3 }), moodle.call(popup, { useridto: 3 })])
    expect(await twice()).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }])
    expect(await twice()).toMatchObject([{ value: 1 }, { value: 2 }])
  })

  test('in a batch too, reads that Moodle did not get to are asked again', async () => {
    const exception = JSON.stringify({ errorcode: 'accessexception', module: 'webservice' })
    const site = fakeSite({ responses: [{ error: true, exception }] }, 6)
    const moodle = overRest(site)
    const answers = await Promise.allSettled([
      moodle.call(unread, { useridto: 3 }),
      moodle.call(popup, { useridto: 3 }),
    ])
    expect(answers).toMatchObject([{ reason: { errorcode: 'accessexception', reason: '' } }, { value: 6 }])
  })

  test('more form variables than PHP takes travel as one JSON argument', async () => {
    const messages = Array.from({ length: 500 }, (_, index) => ({ touserid: index + 1, text: 'hello' }))
    const site = fakeSite(packed([stored]))
    await overRest(site).call('core_message_send_instant_messages', { messages })
    const { form } = site.asked[0] ?? expect.unreachable()
    expect(form.get('wsfunction')).toBe(batch)
    expect(JSON.parse(form.get('requests[0][arguments]') ?? '')).toEqual({ messages })
    expect([...form.keys()].length).toBeLessThan(20)
  })
})

describe('an empty list over a token', () => {
  const ofNobody = { referenceuserid: 3, userids: [] }
  const member = 'core_message_get_member_info'

  test('travels as JSON, because a form cannot say it', async () => {
    const site = fakeSite({ responses: [{ error: false, data: '[]' }] })
    expect(await overRest(site).call(member, ofNobody)).toEqual([])
    expect(site.asked[0]?.form.get('requests[0][arguments]')).toBe('{"referenceuserid":3,"userids":[]}')
  })

  test('is left out where the batch function is refused', async () => {
    const refused = { exception: 'webservice_access_exception', errorcode: 'accessexception', message: 'no' }
    const site = fakeSite(refused, [])
    expect(await overRest(site).call(member, ofNobody)).toEqual([])
    expect(site.asked[1]?.form.get('wsfunction')).toBe(member)
  })
})
