import { exceptionIn } from './envelope.ts'
import type { Fault } from './errors.ts'
import { telling } from './hooks.ts'
import { isTooLong, tooLong } from './limits.ts'
import { takeSlot } from './slots.ts'
import type { SendOptions, TransportOptions } from './transport.ts'

export interface Asked extends SendOptions {
  readonly address: string
  readonly method: 'get' | 'post'
  readonly body?: URLSearchParams | Blob | ReadableStream<Uint8Array> | string
  readonly credentials: 'include' | 'omit'
  /** Launch pages need the login page behind a redirect; a web service never redirects a POST to any use. */
  readonly redirect?: 'follow' | 'manual'
  readonly headers?: Readonly<Record<string, string>>
  /** In place of the caller's `fetch`, for this request. */
  readonly via?: typeof globalThis.fetch
  /** The clock stops when the answer begins. */
  readonly isStream?: boolean
}

export type Got = { readonly text: string; readonly status: number; readonly retryAfter?: number }

/** `whole`: each call by itself may do better. */
type Failed = { readonly fault: Fault; readonly whole?: true }

/** One HTTP request, never repeated. Its failures are data: a runtime's own errors may name the address, so they end here. */
export const request = (options: TransportOptions, asked: Asked): Promise<Got | Failed> =>
  ask(options, asked, (response) => readText(options, response))

/** The same with an answer of any kind; the slot and the clock count until `read` is done. */
export async function ask<T extends object>(
  options: TransportOptions,
  asked: Asked,
  read: (response: Response) => Promise<T>,
): Promise<T | Failed> {
  if (asked.signal.aborted) return { fault: unreachable({ aborted: true, sent: false }) }
  if (options.isOnline?.() === false) return { fault: unreachable({ offline: true, sent: false }) }
  if (isTooLong(asked.body, options.maxPostBytes)) {
    return { fault: tooLong(options.maxPostBytes), whole: true }
  }
  const leave = await takeSlot(options, asked.signal)
  if (leave === undefined) return { fault: unreachable({ aborted: true, sent: false }) }
  const tell = telling(options, asked)
  const { clock, stop } = clockFor(asked)
  try {
    const response = await exchange(options, asked, AbortSignal.any([asked.signal, clock]))
    stop()
    tell(response.status)
    return await read(response)
  } catch (error) {
    stop()
    tell()
    if (clock.aborted) return { fault: unreachable({ timedOut: true }) }
    if (asked.signal.aborted) return { fault: unreachable({ aborted: true }) }
    return { fault: unreachable(neverConnected(error) ? { sent: false } : {}) }
  } finally {
    leave()
  }
}

function clockFor({ timeoutMs, isStream }: Asked): { clock: AbortSignal; stop: () => void } {
  if (!isStream) return { clock: AbortSignal.timeout(timeoutMs), stop: () => undefined }
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), timeoutMs)
  return { clock: controller.signal, stop: () => clearTimeout(timer) }
}

function exchange(options: TransportOptions, asked: Asked, signal: AbortSignal): Promise<Response> {
  const fetch = asked.via ?? options.fetch
  const json = typeof asked.body === 'string' ? { 'content-type': 'application/json' } : undefined
  const headers = asked.headers ?? json
  const init: RequestInit & { duplex: 'half' } = {
    method: asked.method.toUpperCase(),
    ...(asked.body === undefined ? {} : { body: asked.body }),
    ...(headers ? { headers } : {}),
    credentials: asked.credentials,
    redirect: asked.redirect ?? 'manual',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    // What a stream has to be sent with.
    duplex: 'half',
    signal,
  }
  return fetch(new Request(asked.address, init))
}

async function readText(options: TransportOptions, response: Response): Promise<Got> {
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
): Promise<{ readonly json: unknown } | Failed> {
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
