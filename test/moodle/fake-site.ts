import { createMoodleClient, restTransport, sessionTransport } from '../../lib/moodle/index.ts'

/** A site that answers what it is told, in order, and remembers what it was asked. */
export interface Asked {
  readonly url: URL
  readonly body: string
  readonly form: URLSearchParams
  readonly request: Request
}

export type Answer = Response | unknown | ((asked: Asked) => Response | unknown)

export function fakeSite(...answers: Answer[]) {
  const asked: Asked[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const body = await request.text()
    const one = { url: new URL(request.url), body, form: new URLSearchParams(body), request }
    asked.push(one)
    const next = answers[asked.length - 1] ?? answers.at(-1)
    const answer = typeof next === 'function' ? next(one) : next
    return answer instanceof Response ? answer.clone() : json(answer)
  }
  return { fetch, asked }
}

export const json = (value: unknown, init?: ResponseInit) => new Response(JSON.stringify(value), init)
export const page = (text: string, init?: ResponseInit) => new Response(text, init)
/** One successful item of a session answer. */
export const good = (data: unknown) => ({ error: false, data })
/** One refused item of a session answer. */
export const bad = (errorcode: string, message = errorcode) => ({
  error: true,
  exception: { errorcode, message },
})

export const wwwroot = 'https://moodle.example'

export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('it did not reject')
}

type Site = ReturnType<typeof fakeSite>

export const overSession = ({ fetch }: Site) =>
  createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch }))
export const overRest = ({ fetch }: Site) =>
  createMoodleClient(restTransport({ wwwroot, wstoken: 'token123', fetch }))
