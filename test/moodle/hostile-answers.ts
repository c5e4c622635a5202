import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { gossip } from './secrets.ts'

/** What a server may do to one request. */
export type Hostility =
  | { readonly kind: 'answers'; readonly body: string | Uint8Array; readonly init: ResponseInit }
  | { readonly kind: 'breaks-off'; readonly body: string }
  | { readonly kind: 'never-ends'; readonly body: string }
  | { readonly kind: 'never-answers' }
  | { readonly kind: 'fails'; readonly thrown: unknown }

const address = new URL('../recordings/moodle-4.5.6.jsonl', import.meta.url)
const recorded = readFileSync(address, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): unknown => JSON.parse(line).response)
  .filter((response) => response !== undefined && response !== null)

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)

/** Texts that break what is careless with texts. */
const nastyTexts = [
  '',
  'null',
  '[]',
  '{}',
  'true',
  '0',
  '""',
  '1e999',
  '[null]',
  '[{}]',
  '[{"error":true}]',
  '[{"error":false}]',
  '[{"error":true,"exception":null}]',
  '{"exception":5,"errorcode":{}}',
  '{"error":"","errorcode":null}',
  '{"responses":{"length":4294967295}}',
  '{"responses":[{"error":false,"data":"{"}]}',
  '{"__proto__":{"exception":"x","message":"y"},"constructor":{"prototype":{"polluted":true}}}',
  '{"length":9007199254740993}',
  nested(20_000, '[', ']'),
  nested(20_000, '{"a":', '}').replace('}', '1}'),
  '\u0000\u0001\u0002',
  '\ufeff{"exception":"x"}',
  '<!doctype html><html><body><form action="login"></form></body></html>',
  '<?xml version="1.0"?><EXCEPTION class="x"/>',
  `<br /><b>Notice</b>: Undefined index: ${gossip} in <b>/x.php</b> on line <b>1</b><br />[{"error":false,"data":1}]`,
  'Fatal error: Allowed memory size exhausted',
]

const hostileValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    null,
    gossip,
    [gossip],
    { [gossip]: gossip },
    2 ** 53 + 2,
    -1,
    0.1,
    [],
    {},
    [[]],
    true,
    'x'.repeat(10_000),
  ),
)

/** A recorded answer in which one value, anywhere, is another. */
const disturbed: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...recorded), fc.array(fc.nat(), { maxLength: 8 }), hostileValues)
  .map(([response, steps, value]) => JSON.stringify(replaced(response, steps, value)))

function replaced(whole: unknown, [step, ...rest]: readonly number[], value: unknown): unknown {
  if (step === undefined || typeof whole !== 'object' || whole === null) return value
  const keys = Object.keys(whole)
  const at = keys[step % keys.length]
  if (at === undefined) return value
  if (Array.isArray(whole)) {
    return whole.map((row, index) => (String(index) === at ? replaced(row, rest, value) : row))
  }
  return { ...whole, [at]: replaced((whole as Record<string, unknown>)[at], rest, value) }
}

/** An answer that lost a piece, got one twice, or had something put in. */
const cut: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...recorded),
    fc.nat(),
    fc.nat(),
    fc.constantFrom('', gossip, '\u0000', '"', '}', '<p>', '\\'),
  )
  .map(([response, from, length, junk]) => {
    const text = JSON.stringify(response)
    const at = from % (text.length + 1)
    return text.slice(0, at) + junk + text.slice(at + (length % (text.length + 1)))
  })

const truncated: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...recorded), fc.nat())
  .map(([response, end]) => JSON.stringify(response).slice(0, end % JSON.stringify(response).length))

const bodies = fc.oneof(
  { arbitrary: disturbed, weight: 5 },
  { arbitrary: cut, weight: 3 },
  { arbitrary: truncated, weight: 2 },
  { arbitrary: fc.constantFrom(...nastyTexts), weight: 3 },
  { arbitrary: fc.json(), weight: 1 },
  { arbitrary: fc.string({ unit: 'binary' }), weight: 1 },
)

const wrapped = bodies.chain((body) =>
  fc.constantFrom(body, `[{"error":false,"data":${body}}]`, gossip + body),
)
const bytes = fc.uint8Array({ maxLength: 200 })

const headers = fc.dictionary(
  fc.constantFrom('retry-after', 'date', 'content-type', 'location'),
  fc.constantFrom(
    '',
    '-1',
    '1e999',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'never',
    'text/html',
    'https://elsewhere.example/',
  ),
)
const statuses = fc.oneof(
  { arbitrary: fc.constant(200), weight: 6 },
  {
    arbitrary: fc.constantFrom(
      201,
      206,
      301,
      302,
      303,
      400,
      401,
      403,
      404,
      413,
      418,
      429,
      500,
      502,
      503,
      504,
      599,
    ),
    weight: 2,
  },
)
const inits: fc.Arbitrary<ResponseInit> = fc.record({ status: statuses, headers })

const thrown = fc.constantFrom<unknown>(
  new TypeError(gossip),
  new DOMException(gossip, 'AbortError'),
  gossip,
  undefined,
  null,
  { cause: gossip, message: gossip },
  Object.assign(new Error(gossip), { cause: { code: 'ECONNREFUSED', [gossip]: gossip } }),
)

const answers = fc.record({
  kind: fc.constant('answers' as const),
  body: fc.oneof(wrapped, bytes),
  init: inits,
})

export const hostilities: fc.Arbitrary<Hostility> = fc.oneof(
  { arbitrary: answers, weight: 90 },
  { arbitrary: fc.record({ kind: fc.constant('breaks-off' as const), body: bodies }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('fails' as const), thrown }), weight: 4 },
  { arbitrary: fc.record({ kind: fc.constant('never-ends' as const), body: bodies }), weight: 1 },
  { arbitrary: fc.constant({ kind: 'never-answers' as const }), weight: 1 },
)

/** A server that does that to every request. */
export function hostileFetch(hostility: Hostility): typeof globalThis.fetch {
  return async (input, init) => {
    const { signal } = new Request(input, init)
    if (hostility.kind === 'fails') throw hostility.thrown
    if (hostility.kind === 'never-answers') return given(signal)
    if (hostility.kind === 'answers') return answer(hostility)
    return new Response(unfinished(hostility, signal))
  }
}

const answer = ({ body, init }: Hostility & { kind: 'answers' }): Response =>
  new Response(typeof body === 'string' ? body : new Uint8Array(body), init)

/** Held, because a signal that nobody holds may be collected together with its listeners. */
const held = new Set<AbortSignal>()

function given(signal: AbortSignal): Promise<never> {
  held.add(signal)
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      held.delete(signal)
      reject(signal.reason)
    })
  })
}

function unfinished({ kind, body }: { kind: string; body: string }, signal: AbortSignal): ReadableStream {
  return new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode(body))
      if (kind === 'never-ends') await given(signal).catch(() => undefined)
      controller.error(new TypeError(gossip))
    },
  })
}
