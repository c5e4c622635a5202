import type { Reach } from '../../lib/moodle/index.ts'
import { encode } from '../simulator/talk.ts'
import type { Person } from './people.ts'

export interface RawCall {
  readonly methodname: string
  readonly args: object
}

export interface RawRefusal {
  readonly errorcode?: string
  readonly message?: string
  readonly exception?: string
}

/** A request to the session's service, past the client: for what the client refuses to send. */
export async function rawBatch(wwwroot: string, person: Person, calls: readonly RawCall[]): Promise<unknown> {
  const body = JSON.stringify(calls.map((call, index) => ({ index, ...call })))
  const address = `${wwwroot}/lib/ajax/service.php?sesskey=${person.sesskey}&nosessionupdate=true`
  const response = await person.browser.fetch(address, { method: 'POST', body })
  return response.json()
}

/** One call over either transport, past the client. */
export async function raw(
  wwwroot: string,
  person: Person,
  transport: Reach,
  methodname: string,
  args: object,
): Promise<{ data: unknown } | { refusal: RawRefusal }> {
  if (transport === 'rest') {
    const data = await rawRest(wwwroot, person.wstoken, methodname, args)
    return isRefusal(data) ? { refusal: data } : { data }
  }
  const answer = await rawBatch(wwwroot, person, [{ methodname, args }])
  if (!Array.isArray(answer)) return { refusal: answer as RawRefusal }
  const [item] = answer as { error: boolean; data?: unknown; exception?: RawRefusal }[]
  return item?.error === false ? { data: item.data } : { refusal: item?.exception ?? {} }
}

async function rawRest(wwwroot: string, wstoken: string, wsfunction: string, args: object): Promise<unknown> {
  const body = encode({ wstoken, wsfunction, moodlewsrestformat: 'json', ...args })
  const response = await fetch(`${wwwroot}/webservice/rest/server.php`, { method: 'POST', body })
  return response.json()
}

const isRefusal = (data: unknown): data is RawRefusal =>
  typeof data === 'object' && data !== null && 'exception' in data
