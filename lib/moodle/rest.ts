import { exceptionIn, isRecord, refusal } from './envelope.ts'
import type { Fault } from './errors.ts'
import { isLostInForm, toForm } from './form.ts'
import { requestJson } from './http.ts'
import { maxFormVariables, restFormat, restSettings } from './quirks.ts'
import { readItems } from './session.ts'
import {
  isFault,
  type Outcome,
  type SendOptions,
  type Transport,
  type TransportOptions,
  type WireCall,
} from './transport.ts'

export interface RestOptions extends TransportOptions {
  readonly wstoken: string
}

/** The token belongs to a service that the site's admin put together, and not to the one of the Moodle App. */
export interface ServiceOptions extends RestOptions {
  readonly service: 'own'
}

const batchFunction = 'tool_mobile_call_external_functions'

/** The way of the Moodle App: `webservice/rest/server.php` with a token; needs no session. */
export function restTransport(options: ServiceOptions): Transport<'service'>
export function restTransport(options: RestOptions): Transport<'rest'>
export function restTransport(options: RestOptions | ServiceOptions): Transport<'rest' | 'service'> {
  const one = (call: WireCall, sending: SendOptions) => askOne(options, call, sending)
  // A custom service may lack the batch function; found out once, it is not asked for again.
  let isBatchRefused = false
  return {
    kind: 'service' in options ? 'service' : 'rest',
    wwwroot: options.wwwroot,
    async send(calls, sending) {
      const [first] = calls
      if (first && calls.length === 1) return [await one(first, sending)]
      if (isBatchRefused) return askEach(calls, sending, one)
      const outcomes = await askBatch(options, calls, sending)
      if (!outcomes.every(isBatchRefusal)) return outcomes
      const singles = await askEach(calls, sending, one)
      isBatchRefused = singles.some((outcome) => !isFault(outcome))
      return singles
    },
  }
}

const isBatchRefusal = (outcome: Outcome): boolean =>
  isFault(outcome) &&
  outcome.whole === true &&
  outcome.fault.kind === 'moodle' &&
  ['accessexception', 'invalidrecord', 'servicenotavailable'].includes(outcome.fault.errorcode)

async function askEach(
  calls: readonly WireCall[],
  sending: SendOptions,
  one: (call: WireCall, sending: SendOptions) => Promise<Outcome>,
): Promise<Outcome[]> {
  if (calls.every((call) => call.definition.type === 'read')) {
    return Promise.all(calls.map((call) => one(call, sending)))
  }
  const outcomes: Outcome[] = []
  for (const call of calls) {
    const before = outcomes.findIndex(isFault)
    outcomes.push(before < 0 ? await one(call, sending) : stoppedAt(calls[before]))
  }
  return outcomes
}

/** As Moodle does within a request. */
const stoppedAt = (call: WireCall | undefined): Outcome => ({
  fault: { kind: 'not-attempted', after: call?.wsfunction ?? '' },
})

async function askOne(options: RestOptions, call: WireCall, sending: SendOptions): Promise<Outcome> {
  const isTooLong = toForm(call.args).length > maxFormVariables
  if (isTooLong || isLostInForm(call.args)) {
    const [outcome] = await askBatch(options, [call], sending)
    if (outcome && (isTooLong || !isBatchRefusal(outcome))) return outcome
  }
  const answer = await post(options, call.wsfunction, call.args, sending)
  if ('fault' in answer) return answer
  const exception = exceptionIn(answer.json)
  return exception ? { fault: refusal(exception, [options.wstoken], call.args) } : { data: answer.json }
}

/** Every call is one JSON argument, so a batch is also the way round PHP's limit on form variables. */
async function askBatch(
  options: RestOptions,
  calls: readonly WireCall[],
  sending: SendOptions,
): Promise<Outcome[]> {
  const requests = calls.map((call) => ({
    function: call.wsfunction,
    arguments: JSON.stringify(call.args),
    settingfilter: true,
  }))
  const answer = await post(options, batchFunction, { requests }, sending)
  if ('fault' in answer) return calls.map(() => answer)
  const whole = exceptionIn(answer.json)
  if (whole)
    return calls.map((call) => ({ fault: refusal(whole, [options.wstoken], call.args), whole: true }))
  const responses = isRecord(answer.json) ? answer.json.responses : undefined
  if (!Array.isArray(responses)) return calls.map(() => ({ fault: notThere('responses') }))
  return readItems({ ...responses.map(unpacked) }, calls, [options.wstoken])
}

/** `data` and `exception` of a batch are JSON within JSON. */
function unpacked(response: unknown): unknown {
  if (!isRecord(response)) return response
  const { error, data, exception } = response
  try {
    if (error === false) return { error, data: JSON.parse(String(data)) }
    return { error, exception: JSON.parse(String(exception)) }
  } catch {
    return undefined
  }
}

function post(options: RestOptions, wsfunction: string, args: object, sending: SendOptions) {
  const body = new URLSearchParams([
    ['wstoken', options.wstoken],
    ['wsfunction', wsfunction],
    ['moodlewsrestformat', restFormat],
    ...toForm(restSettings),
    ...toForm(args),
  ])
  const address = `${options.wwwroot}/webservice/rest/server.php`
  return requestJson(options, { ...sending, address, method: 'post', body, credentials: 'omit' })
}

const notThere = (path: string): Fault => ({ kind: 'malformed', path, html: false, debugOutput: false })
