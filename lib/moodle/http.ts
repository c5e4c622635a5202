import ky from 'ky'
import { exceptionIn } from './envelope.ts'
import type { Fault } from './errors.ts'
import type { SendOptions, TransportOptions } from './transport.ts'

export interface Asked extends SendOptions {
  readonly address: string
  readonly method: 'get' | 'post'
  readonly body?: URLSearchParams | string
  readonly credentials: 'include' | 'omit'
  /** Launch pages need the login page behind a redirect; a web service never redirects a POST to any use. */
  readonly redirect?: 'follow' | 'manual'
}

export type Got = { readonly text: string; readonly status: number; readonly retryAfter?: number }

/** One HTTP request, never repeated. Its failures are data; ky's own errors name the address, so they end here. */
export async function request(
  options: TransportOptions,
  asked: Asked,
): Promise<Got | { readonly fault: Fault }> {
  if (asked.signal.aborted) return { fault: unreachable({ aborted: true, sent: false }) }
  if (options.isOnline?.() === false) return { fault: unreachable({ offline: true, sent: false }) }
  const clock = AbortSignal.timeout(asked.timeoutMs)
  try {
    return await exchange(options, asked, AbortSignal.any([asked.signal, clock]))
  } catch (error) {
    if (clock.aborted) return { fault: unreachable({ timedOut: true }) }
    if (asked.signal.aborted) return { fault: unreachable({ aborted: true }) }
    return { fault: unreachable(neverConnected(error) ? { sent: false } : {}) }
  }
}

async function exchange(options: TransportOptions, asked: Asked, signal: AbortSignal): Promise<Got> {
  const { fetch } = options
  const response = await ky(asked.address, {
    method: asked.method,
    ...(asked.body === undefined ? {} : { body: asked.body }),
    ...(typeof asked.body === 'string' ? { headers: { 'content-type': 'application/json' } } : {}),
    fetch: (input, init) => fetch(input, init),
    credentials: asked.credentials,
    redirect: asked.redirect ?? 'manual',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    retry: 0,
    throwHttpErrors: false,
    timeout: false,
    signal,
  })
  const text = await response.text()
  const timeServer = Date.parse(response.headers.get('date') ?? '') / 1000
  if (Number.isFinite(timeServer)) options.onServerTime?.(timeServer)
  const retryAfter = secondsToWait(response.headers.get('retry-after'), timeServer)
  const status = response.type === 'opaqueredirect' ? 302 : response.status
  return { text, status, ...(retryAfter === undefined ? {} : { retryAfter }) }
}

/** A date is compared with the server's own clock. */
function secondsToWait(header: string | null, timeServer: number): number | undefined {
  if (header === null) return undefined
  if (/^\d+$/.test(header.trim())) return Number(header)
  const seconds = Math.max(0, Date.parse(header) / 1000 - timeServer)
  return Number.isFinite(seconds) ? seconds : undefined
}

const beforeConnection = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** Node tells why a fetch failed; browsers do not. */
function neverConnected(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && beforeConnection.has(error.code)) return true
  return error.cause !== undefined && neverConnected(error.cause)
}

const unreachable = (known: { timedOut?: true; offline?: true; aborted?: true; sent?: false }): Fault => ({
  kind: 'unreachable',
  timedOut: false,
  offline: false,
  aborted: false,
  ...known,
})

/** One request whose answer has to be JSON. */
export async function requestJson(
  options: TransportOptions,
  asked: Asked,
): Promise<{ readonly json: unknown } | { readonly fault: Fault }> {
  const got = await request(options, asked)
  if ('fault' in got) return got
  const json = parse(got.text)
  // A gateway may change the status of an answer that is still Moodle's own.
  const usable = json !== undefined && (isSuccess(got.status) || exceptionIn(json.value) !== undefined)
  if (usable) return { json: json.value }
  return { fault: isSuccess(got.status) ? malformed(got.text) : badStatus(got) }
}

const isSuccess = (status: number) => status >= 200 && status < 300

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

const badStatus = ({ status, text, retryAfter }: Got): Fault => ({
  kind: 'bad-status',
  status,
  empty: text.trim() === '',
  ...(retryAfter === undefined ? {} : { retryAfter }),
})

function malformed(text: string): Fault {
  const isPage = /^\s*<(!doctype|html|head|body)\b/i.test(text)
  const endsInJson = /[\]}]\s*$/.test(text) || /\b(null|true|false|\d+)\s*$/.test(text)
  const debugOutput =
    !isPage && endsInJson && /\b(notice|warning|deprecated|fatal error|debugging|stack trace)\b/i.test(text)
  return { kind: 'malformed', path: '', html: isPage || (!debugOutput && /^\s*</.test(text)), debugOutput }
}
