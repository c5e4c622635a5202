import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'

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
