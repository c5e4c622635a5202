import { exceptionIn, refusal } from './envelope.ts'
import { type Fault, moodleError } from './errors.ts'
import { type FileWay, fileAddress, ownFile } from './files.ts'
import { ask } from './http.ts'
import type { TransportOptions } from './transport.ts'

export interface DownloadOptions extends TransportOptions, Pick<FileWay, 'wstoken'> {
  readonly signal?: AbortSignal
  /** How long the file may take to begin; what comes then is in the signal's hands. */
  readonly timeoutMs?: number
}

export interface Download {
  readonly stream: ReadableStream<Uint8Array>
  /** In bytes, where the server says it. */
  readonly size?: number
  readonly type: string
}

const script = 'pluginfile.php'

/**
 * Fetches a file of the site as a stream: with a token by `webservice/pluginfile.php`, the token in the body and not
 * in the address; without one by `pluginfile.php` with the browser's session. Takes any of the addresses that Moodle
 * gives for its files, and rejects with a `MoodleError`: `params` for an address that is not of this site's files,
 * `moodle` for a refusal (`servicerequireslogin` where the session has ended), `bad-status` 404 for no such file.
 * What breaks off later breaks the stream.
 */
export async function downloadFile(options: DownloadOptions, address: string): Promise<Download> {
  const { wwwroot, wstoken } = options
  if (!ownFile(wwwroot, address)) throw moodleError(script, notOurs)
  const plain = fileAddress({ wwwroot }, address)
  const signal = options.signal ?? new AbortController().signal
  const got = await ask(
    options,
    {
      ...(wstoken === undefined
        ? { address: plain, method: 'get', credentials: 'include' }
        : { ...withToken(plain, wwwroot, wstoken), method: 'post', credentials: 'omit' }),
      // A redirect would take the token along, wherever it leads.
      redirect: wstoken === undefined ? 'follow' : 'manual',
      isStream: true,
      signal,
      timeoutMs: options.timeoutMs ?? 60_000,
    },
    (response) => read(response, wstoken === undefined ? [] : [wstoken], signal),
  )
  if ('fault' in got) throw moodleError(script, got.fault)
  return got
}

const withToken = (plain: string, wwwroot: string, token: string) => ({
  address: `${wwwroot}/webservice${plain.slice(wwwroot.length)}`,
  body: new URLSearchParams({ token }),
})

const notOurs: Fault = { kind: 'params', path: 'address', reason: 'not a file of this site' }

async function read(
  response: Response,
  secrets: readonly string[],
  signal: AbortSignal,
): Promise<Download | { fault: Fault }> {
  const fault = await faultOf(response, secrets)
  if (fault) {
    // Read already where the refusal was in it.
    await response.body?.cancel().catch(() => undefined)
    return { fault }
  }
  const size = Number(response.headers.get('content-length') ?? Number.NaN)
  const type = response.headers.get('content-type') ?? 'application/octet-stream'
  const body = response.body ?? new Blob([]).stream()
  const stream = body.pipeThrough(new TransformStream<Uint8Array, Uint8Array>(), { signal })
  return { stream, type, ...(Number.isFinite(size) ? { size } : {}) }
}

/** A file comes with its name (`content-disposition`), a refusal as JSON or as a page. */
async function faultOf(response: Response, secrets: readonly string[]): Promise<Fault | undefined> {
  const { status, headers } = response
  if (response.redirected && /\/login\/index\.php$/.test(new URL(response.url).pathname)) return signedOut
  const isNamed = headers.has('content-disposition')
  if (!isNamed && /\bjson\b/.test(headers.get('content-type') ?? '')) {
    const exception = exceptionIn(await response.json().catch(() => undefined))
    if (exception) return refusal(exception, secrets)
  }
  return response.ok ? undefined : { kind: 'bad-status', status, empty: false }
}

const signedOut = refusal(
  { errorcode: 'servicerequireslogin', exception: '', reason: 'the site asked to log in' },
  [],
)
