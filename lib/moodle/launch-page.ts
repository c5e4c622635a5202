import { md5 } from 'js-md5'
import { refusal } from './envelope.ts'
import { type Fault, moodleError } from './errors.ts'
import { request } from './http.ts'
import type { TransportOptions } from './transport.ts'

export interface LaunchPageOptions extends TransportOptions {
  /** A fresh random word for each try; the site signs it. */
  readonly randomPassport: () => string
  readonly service?: string
  readonly signal?: AbortSignal
}

const script = 'admin/tool/mobile/launch.php'

/**
 * Asks the site's launch page for the token of whoever is logged in in this browser; no password, no extra permission.
 * Works where the site allows logging in to the app by browser. The caller makes sure that nobody is "logged in as"
 * somebody else, because the page does not.
 */
export async function withLaunchPage(options: LaunchPageOptions): Promise<{ wstoken: string }> {
  const passport = options.randomPassport()
  const got = await request(options, {
    address: addressFor(options, passport),
    method: 'get',
    credentials: 'include',
    redirect: 'follow',
    signal: options.signal ?? new AbortController().signal,
    timeoutMs: 30_000,
  })
  if ('fault' in got) throw moodleError(script, got.fault)
  const found = readLaunchPage(got.text, options.wwwroot, passport)
  if ('fault' in found) throw moodleError(script, withStatus(found.fault, got.status))
  return found
}

function addressFor({ wwwroot, service = 'moodle_mobile_app' }: LaunchPageOptions, passport: string): string {
  // Without `confirmed` the answer is a redirect to a scheme that fetch cannot follow.
  const query = new URLSearchParams({ service, passport, urlscheme: 'aside', confirmed: '1' })
  return `${wwwroot}/${script}?${query}`
}

/** Sites force a scheme of their own more often than not, so any will do; the signature is what counts. */
const launchAddress = /[a-z][a-z0-9+.-]*:\/\/token=([A-Za-z0-9+/_-]+(?:=|%3D|&#x3D;|&#61;)*)/i

/** Finds the token in a launch page and checks that it was signed for us. */
export function readLaunchPage(
  page: string,
  wwwroot: string,
  passport: string,
): { wstoken: string } | { fault: Fault } {
  const encoded = launchAddress.exec(page)?.[1]
  if (encoded === undefined) return { fault: whyNot(page) }
  const [signature, wstoken] = decode(encoded).split(':::')
  if (signature !== md5(wwwroot + passport)) return { fault: refused('signaturemismatch') }
  return wstoken
    ? { wstoken }
    : { fault: { kind: 'malformed', path: 'token', html: true, debugOutput: false } }
}

function decode(encoded: string): string {
  const base64 = encoded
    .replace(/(=|%3D|&#x3D;|&#61;)+$/i, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
  try {
    return atob(base64)
  } catch {
    return ''
  }
}

/** Error pages link to the documentation of their error code; login pages carry a login token. */
function whyNot(page: string): Fault {
  const errorcode = /\/error\/[a-z_]+\/([a-z]+)["']/i.exec(page)?.[1]
  if (errorcode !== undefined) return refused(errorcode)
  if (/name=["']logintoken["']/.test(page)) return refused('servicerequireslogin')
  return { kind: 'malformed', path: 'token', html: /^\s*</.test(page), debugOutput: false }
}

const refused = (errorcode: string): Fault =>
  refusal({ errorcode, exception: '', reason: 'the launch page gave no token' }, [])

function withStatus(fault: Fault, status: number): Fault {
  const isUnexplained = fault.kind === 'malformed' && status >= 400
  return isUnexplained ? { kind: 'bad-status', status, empty: false } : fault
}
