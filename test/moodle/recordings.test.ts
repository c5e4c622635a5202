import { describe, expect, test } from 'vitest'
import {
  isClosedForNow,
  isForbidden,
  isSignedOut,
  mayHaveHappened,
  needsThePerson,
} from '../../lib/moodle/index.ts'
import { rejection } from './fake-site.ts'
import {
  callsOf,
  clientFor,
  opened,
  over,
  recordings,
  refusalIn,
  registered,
  single,
  titled,
} from './recordings.ts'

/** What is to be thought of each refusal: s signed out, f forbidden, c closed for now, p needs the person, m may have happened. */
const verdicts: Record<string, string> = {
  '': 'm',
  accessexception: 'f',
  codingerror: 'm',
  disabled: 'c',
  errorconversationdoesnotexist: 'm',
  errormessagetoolong: 'm',
  'Favourite does not exist for the user. Cannot delete.': 'm',
  forcepasswordchangenotice: 'p',
  formatnotsupported: 'm',
  generalexceptionmessage: 'm',
  invalidlogin: 'sp',
  invalidparameter: '',
  invalidrecord: '',
  invalidsesskey: 'sp',
  invalidtoken: 'sp',
  nopermissions: 'f',
  requireloginerror: 'c',
  servicenotavailable: 'f',
  servicerequireslogin: 'sp',
  sitemaintenance: 'c',
  sitepolicynotagreed: 'p',
  'User 3 cannot send a message to conversation 99999': 'f',
  'User is not part of conversation.': 'fm',
  wsaccessusersuspended: 'f',
  'You do not have permission to delete this message for everyone.': 'fm',
  'You do not have permission to perform this action.': 'fm',
}

const judged = (error: unknown): string =>
  [
    isSignedOut(error) && 's',
    isForbidden(error) && 'f',
    isClosedForNow(error) && 'c',
    needsThePerson(error) && 'p',
    mayHaveHappened(error) && 'm',
  ]
    .filter(Boolean)
    .join('')

test('every line but the notes is replayed', () => {
  const others = over('rest', 'ajax').filter((one) => !single.includes(one))
  expect(others.map((one) => one.label)).toEqual([
    'second fails: third never answered',
    'poll',
    'second fails',
    'empty batch',
    'broken json body',
  ])
  const replayed = single.length + others.length + over('token.php', 'page', 'ajax-nologin').length
  expect(replayed + recordings.filter((one) => one.note).length).toBe(recordings.length)
  expect(recordings).toHaveLength(217)
})

describe('good answers', () => {
  const lines = single.filter((one) => one.status === 200 && !refusalIn(one.response))
  test.each(titled(lines))('%s', async (_, one) => {
    const { moodle } = clientFor(one)
    const [call] = callsOf(one)
    if (!call) return expect.unreachable()
    expect(registered[call.function]).toBeDefined()
    const answer = await moodle.callUnregistered(call.function, opened(call.function), call.args)
    expect(answer).not.toBeNull()
  })

  // Moodle stores an empty text and refuses a long one in its row; this client sends neither.
  const accepted = lines.filter((one) => !/^empty text|bytes$/.test(one.label ?? ''))
  test.each(titled(accepted))('the parameters of %s are accepted', (_, one) => {
    for (const call of callsOf(one)) {
      const given = Object.entries(call.args).filter(([, value]) => value !== null)
      expect(registered[call.function]?.params.safeParse(Object.fromEntries(given)).error).toBeUndefined()
    }
  })
})

describe('refusals', () => {
  const lines = single.filter((one) => refusalIn(one.response))
  test.each(titled(lines))('%s', async (_, one) => {
    const { moodle } = clientFor(one)
    const [call] = callsOf(one)
    if (!call) return expect.unreachable()
    const error = await rejection(moodle.callUnregistered(call.function, opened(call.function), call.args))
    const errorcode = refusalIn(one.response)?.errorcode ?? ''
    expect(error).toMatchObject({ kind: 'moodle', errorcode, wsfunction: call.function })
    // A recorded function other than core_message's validates row by row.
    const isElsewhere = errorcode === 'invalidparameter' && !call.function.startsWith('core_message_')
    expect(judged(error)).toBe(isElsewhere ? 'm' : verdicts[errorcode])
  })

  test('no verdict is there for nothing', () => {
    const seen = [...over('rest', 'ajax', 'token.php')].map((one) => refusalIn(one.response)?.errorcode)
    expect(Object.keys(verdicts).filter((code) => !seen.includes(code))).toEqual([])
  })

  test('a message is refused for good only where it carried one row', async () => {
    const one = recordings.find((line) => line.label === 'no such conversation' && line.transport === 'rest')
    const { moodle } = clientFor(one ?? expect.unreachable())
    const messages = [{ text: 'one' }, { text: 'two' }]
    const call = moodle.callUnregistered(
      'core_message_send_messages_to_conversation',
      opened('core_message_send_messages_to_conversation'),
      { conversationid: 99999, messages },
    )
    const error = await rejection(call)
    expect(error).toMatchObject({ rows: 2 })
    expect(mayHaveHappened(error)).toBe(true)
  })
})
