import { exceptionIn, exceptionOfItem, isRecord, refusal } from './envelope.ts'
import { requestJson } from './http.ts'
import { infoParameter, withoutSessionUpdate } from './quirks.ts'
import type { Outcome, Transport, TransportOptions, WireCall } from './transport.ts'

export interface SessionOptions extends TransportOptions {
  readonly sesskey: string
}

/** The way of Moodle's own pages: `lib/ajax/service.php` with the browser's cookies and the page's sesskey. */
export function sessionTransport(options: SessionOptions): Transport<'session'> {
  const secrets = [options.sesskey]
  return {
    kind: 'session',
    wwwroot: options.wwwroot,
    async send(calls, sending) {
      const answer = await requestJson(options, {
        ...sending,
        address: addressFor(options, calls),
        method: 'post',
        body: JSON.stringify(calls.map(toRequest)),
        credentials: 'include',
      })
      if ('fault' in answer) return calls.map(() => answer)
      return readAnswer(answer.json, calls, secrets)
    },
  }
}

function addressFor({ wwwroot, sesskey }: SessionOptions, calls: readonly WireCall[]): string {
  const info = infoParameter(calls.map((call) => call.wsfunction))
  return `${wwwroot}/lib/ajax/service.php?sesskey=${encodeURIComponent(sesskey)}&info=${info}&${withoutSessionUpdate}`
}

const toRequest = (call: WireCall, index: number) => ({ index, methodname: call.wsfunction, args: call.args })

function readAnswer(json: unknown, calls: readonly WireCall[], secrets: readonly string[]): Outcome[] {
  const whole = exceptionIn(json)
  if (whole) return calls.map((call) => ({ fault: refusal(whole, secrets, call.args), whole: true }))
  const items: Record<string, unknown> | undefined = Array.isArray(json)
    ? { ...json }
    : isRecord(json)
      ? json
      : undefined
  if (items === undefined) return calls.map(() => notThere(''))
  return readItems(items, calls, secrets)
}

/** Moodle stops at the first error: what comes after has no item at all. */
export function readItems(
  items: Record<string, unknown>,
  calls: readonly WireCall[],
  secrets: readonly string[],
): Outcome[] {
  const outcomes: Outcome[] = []
  let stoppedBy: string | undefined
  for (const [index, call] of calls.entries()) {
    const item = items[index]
    if (stoppedBy !== undefined && item === undefined) {
      outcomes.push({ fault: { kind: 'not-attempted', after: stoppedBy } })
      continue
    }
    const outcome = readItem(item, call, secrets)
    if ('fault' in outcome) stoppedBy ??= call.wsfunction
    outcomes.push(outcome)
  }
  return outcomes
}

function readItem(item: unknown, call: WireCall, secrets: readonly string[]): Outcome {
  if (!isRecord(item)) return notThere('')
  if (item.error === false) return { data: item.data }
  const exception = exceptionOfItem(item.exception)
  return exception ? { fault: refusal(exception, secrets, call.args) } : notThere('exception')
}

const notThere = (path: string): Outcome => ({
  fault: { kind: 'malformed', path, html: false, debugOutput: false },
})
