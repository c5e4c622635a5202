import type { Simulator } from '../moodle-simulator/index.ts'

/** PHP's way of writing nested values in a form. */
export function encode(value: unknown, name = '', into = new URLSearchParams()): URLSearchParams {
  if (value === null || value === undefined) return into
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value))
      encode(inner, name === '' ? key : `${name}[${key}]`, into)
    return into
  }
  into.append(name, typeof value === 'boolean' ? (value ? '1' : '0') : String(value))
  return into
}

export type Answered = { status: number; type: string; text: string; body: unknown }

async function answered(response: Response): Promise<Answered> {
  const text = await response.text()
  const type = response.headers.get('content-type') ?? ''
  return { status: response.status, type, text, body: type.includes('json') ? JSON.parse(text) : text }
}

export async function rest(
  simulator: Simulator,
  who: string | { token: string },
  name: string,
  args: object = {},
): Promise<Answered> {
  const wstoken = typeof who === 'string' ? simulator.tokenOf(who) : who.token
  const body = encode({ wstoken, wsfunction: name, moodlewsrestformat: 'json', ...args })
  return answered(await fetch(`${simulator.wwwroot}/webservice/rest/server.php`, { method: 'POST', body }))
}

export type SessionKeys = { cookie: string; sesskey: string }
export type Call = { function: string; args?: object }

export async function ajax(
  simulator: Simulator,
  keys: SessionKeys,
  calls: Call[],
  options: { nosessionupdate?: boolean; body?: string } = {},
): Promise<Answered> {
  const address = new URL(`${simulator.wwwroot}/lib/ajax/service.php`)
  address.searchParams.set('sesskey', keys.sesskey)
  if (options.nosessionupdate) address.searchParams.set('nosessionupdate', 'true')
  const rows = calls.map((call, index) => ({ index, methodname: call.function, args: call.args ?? {} }))
  const body = options.body ?? JSON.stringify(rows)
  return answered(await fetch(address, { method: 'POST', body, headers: { cookie: keys.cookie } }))
}

/** One call's data over a session; fails the test where Moodle answers an error. */
export async function ask<T = unknown>(
  simulator: Simulator,
  keys: SessionKeys,
  name: string,
  args: object = {},
): Promise<T> {
  const { body } = await ajax(simulator, keys, [{ function: name, args }])
  const [first] = body as { error: boolean; data: T }[]
  if (first?.error !== false) throw new Error(`${name} answered ${JSON.stringify(body)}`)
  return first.data
}

/** One call's exception over a session. */
export async function refusal(
  simulator: Simulator,
  keys: SessionKeys,
  name: string,
  args: object = {},
): Promise<{ errorcode: string; message: string; link: unknown; moreinfourl: string }> {
  const { body } = await ajax(simulator, keys, [{ function: name, args }])
  const [first] = body as { error: boolean; exception: never }[]
  if (first?.error !== true) throw new Error(`${name} was not refused: ${JSON.stringify(body)}`)
  return first.exception
}

export const page = (simulator: Simulator, path: string, cookie = ''): Promise<Response> =>
  fetch(simulator.wwwroot + path, { redirect: 'manual', headers: cookie === '' ? {} : { cookie } })
