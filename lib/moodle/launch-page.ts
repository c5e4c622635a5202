import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
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
/** What sites are asked for unless told otherwise: the Moodle App's. */
export const mobileService = 'moodle_mobile_app'

/**
 * Asks the site's launch page for the token of whoever is logged in in this browser; no password, no extra permission.
 * Works where the site allows logging in to the app by browser. The caller makes sure that nobody is "logged in as"
 * somebody else, because the page does not. Refused with the errorcode `pluginnotenabledorconfigured` (the site has
 * not switched this way on), `servicenotavailable` (no mobile service), `servicerequireslogin` (nobody is logged in),
 * `signaturemismatch` (the answer was not for this request).
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

function addressFor({ wwwroot, service }: LaunchPageOptions, passport: string): string {
  // Without `confirmed` the answer is a redirect to a scheme that fetch cannot follow.
  const asked = { wwwroot, passport, urlscheme: 'aside', ...(service === undefined ? {} : { service }) }
  return `${launchAddress(asked)}&confirmed=1`
}

export interface LaunchAddressOptions {
  readonly wwwroot: string
  /** A fresh random word for each try; keep it until the redirect has come. */
  readonly passport: string
  /** The scheme that brings the browser back to your program. A site may force one of its own. */
  readonly urlscheme: string
  /** A service's short name; Moodle's mobile service where nothing is said. */
  readonly service?: string
  /** The id of an OAuth 2 provider of `publicConfig().identityproviders`, to go there directly. */
  readonly oauthsso?: string
  /** `publicConfig().launchurl`, where the site has another than its own launch page. */
  readonly launchurl?: string
}

/**
 * The address to open in the person's browser for single sign-on (`admin/tool/mobile/launch.php`). They log in as
 * they always do, and the site sends the browser to `urlscheme://token=…`, for `readLaunchRedirect`. Works where
 * `publicConfig().typeoflogin` is 2 or 3, or for whoever logs in by OAuth 2; elsewhere the site shows an error.
 */
export function launchAddress(options: LaunchAddressOptions): string {
  const { wwwroot, passport, urlscheme, service = mobileService, oauthsso } = options
  const address = new URL(options.launchurl || `${wwwroot}/${script}`)
  const query = { service, passport, urlscheme, ...(oauthsso === undefined ? {} : { oauthsso }) }
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value)
  return address.href
}

/**
 * The token in the address to which the site sent the browser, whatever its scheme. Throws a `MoodleError`:
 * `signaturemismatch` where it was not signed for this passport (an old answer, a forged one, or a `wwwroot` that is
 * not the site's own: take it from `publicConfig`), `malformed` where there is no token in it.
 */
export function readLaunchRedirect(
  redirect: string,
  { wwwroot, passport }: Pick<LaunchAddressOptions, 'wwwroot' | 'passport'>,
): { wstoken: string } {
  const found = readLaunchPage(redirect, wwwroot, passport)
  if ('fault' in found) throw moodleError(script, found.fault)
  return found
}

/** Sites force a scheme of their own more often than not, so any will do; the signature is what counts. */
const handedOver = /[a-z][a-z0-9+.-]*:\/\/token=([A-Za-z0-9+/_-]+(?:=|%3D|&#x3D;|&#61;)*)/i

/** Finds the token in a launch page and checks that it was signed for us. */
export function readLaunchPage(
  page: string,
  wwwroot: string,
  passport: string,
): { wstoken: string } | { fault: Fault } {
  const encoded = handedOver.exec(page)?.[1]
  if (encoded === undefined) return { fault: whyNot(page) }
  const [signature, wstoken] = decode(encoded).split(':::')
  if (signature !== bytesToHex(md5(utf8ToBytes(wwwroot + passport))))
    return { fault: refused('signaturemismatch') }
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
