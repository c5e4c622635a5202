import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import {
  createMoodleClient,
  type FunctionDefinition,
  functions,
  type MoodleClient,
  restTransport,
  sessionTransport,
} from '../../lib/moodle/index.ts'

const called = z.object({ function: z.string(), args: z.record(z.string(), z.unknown()) })

/** One line of the recordings of a running Moodle 4.5.6. */
const recording = z.object({
  transport: z.optional(z.enum(['rest', 'ajax', 'ajax-nologin', 'token.php', 'page'])),
  label: z.optional(z.string()),
  function: z.optional(z.string()),
  args: z.optional(z.record(z.string(), z.unknown())),
  calls: z.optional(z.array(called)),
  status: z.optional(z.number()),
  response: z.optional(z.unknown()),
  mcfg: z.optional(z.record(z.string(), z.unknown())),
  bodyid: z.optional(z.string()),
  note: z.optional(z.string()),
})

export type Recording = z.output<typeof recording> & { readonly line: number }

const address = new URL('../recordings/moodle-4.5.6.jsonl', import.meta.url)

export const recordings: Recording[] = readFileSync(address, 'utf8')
  .trimEnd()
  .split('\n')
  .map((text, index) => ({ ...recording.parse(JSON.parse(text)), line: index + 1 }))

/** What stood on the wire. */
export function answerOf({ response, status = 200 }: Recording): Response {
  const isText = typeof response === 'object' && response !== null && '__text' in response
  return new Response(isText ? String(response.__text) : JSON.stringify(response), { status })
}

export const titleOf = (one: Recording): string => {
  const names = one.calls?.map((call) => call.function).join(', ') || one.function || one.transport
  return `line ${one.line}: ${names} over ${one.transport}${one.label ? ` (${one.label})` : ''}`
}

export const wwwroot = 'http://127.0.0.1:8045'
export const registered: Record<string, FunctionDefinition> = functions

/** The refusal that a line holds, found without the client's help. */
export function refusalIn(response: unknown): { errorcode: string } | undefined {
  const envelope = Array.isArray(response) ? response.find((item) => item?.error)?.exception : response
  if (typeof envelope !== 'object' || envelope === null) return undefined
  const isRefusal = 'errorcode' in envelope || 'exception' in envelope
  if (!isRefusal) return undefined
  return { errorcode: 'errorcode' in envelope ? String(envelope.errorcode) : '' }
}

/** The registry's function, opened to this transport and to bad parameters: what is judged is the answer. */
export function opened(name: string): FunctionDefinition {
  const definition = registered[name]
  const params = z.looseObject({})
  const anything = { type: 'read', returns: z.unknown() } as const
  return { ...(definition ?? anything), params, ajax: true, mobile: true }
}

export function clientFor(one: Recording) {
  const fetch: typeof globalThis.fetch = async () => answerOf(one)
  const moodle: MoodleClient =
    one.transport === 'rest'
      ? createMoodleClient(restTransport({ wwwroot, wstoken: 'tok123', fetch }))
      : createMoodleClient(sessionTransport({ wwwroot, sesskey: 'sess123', fetch }))
  return { moodle, fetch }
}

export const over = (...transports: string[]) =>
  recordings.filter((one) => transports.includes(one.transport ?? ''))
export const callsOf = (one: Recording) =>
  one.calls ?? [{ function: one.function ?? '', args: one.args ?? {} }]
export const single = over('rest', 'ajax').filter(
  (one) =>
    callsOf(one).length === 1 &&
    one.function !== 'tool_mobile_call_external_functions' &&
    (one.calls || one.function),
)
export const titled = (some: Recording[]) => some.map((one) => [titleOf(one), one] as const)
