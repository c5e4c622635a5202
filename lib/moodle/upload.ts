import { exceptionIn, isRecord, refusal } from './envelope.ts'
import { type Fault, type MoodleError, moodleError } from './errors.ts'
import { requestJson } from './http.ts'
import type { RestOptions } from './rest.ts'
import { bodyWithProgress, type Progress } from './upload-progress.ts'

export interface UploadOptions extends RestOptions {
  /** The draft area to put it into; a new one where nothing is said. */
  readonly itemid?: number
  /** The folder in the draft area: begins and ends with a slash. */
  readonly filepath?: string
  /** `usermaxuploadfilesize` of the site's information; a larger file is refused before anything is sent. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Bytes of the request that have left. Where the runtime does not tell, only the beginning and the end. */
  readonly onProgress?: (progress: Progress) => void
}

/** Where the file waits until a function such as `mod_assign_save_submission` takes its `itemid`. */
export interface DraftFile {
  readonly itemid: number
  readonly filename: string
  readonly filepath: string
  /** In bytes. */
  readonly filesize: number
}

const script = 'webservice/upload.php'
const patience = 600_000

/**
 * Uploads one file to a draft area of the token's person (`webservice/upload.php`; a session has no such way).
 * Rejects with a `MoodleError`: `params` when it is larger than `maxBytes`, `moodle` with `fileoversized` when it is
 * larger than the site takes, `filenameexist` when the area has one of that name, `userquotalimit`, `accessexception`
 * when the token's service takes no files; else as every call does.
 */
export async function uploadFile(options: UploadOptions, file: Blob, filename: string): Promise<DraftFile> {
  const { maxBytes = -1, itemid = 0, filepath = '/' } = options
  // Moodle says -1 to whoever has no limit.
  if (maxBytes >= 0 && file.size > maxBytes) throw failed(larger(maxBytes))
  const fields = { token: options.wstoken, itemid: String(itemid), filepath }
  const answer = await requestJson(options, {
    address: `${options.wwwroot}/${script}`,
    method: 'post',
    credentials: 'omit',
    signal: options.signal ?? new AbortController().signal,
    timeoutMs: options.timeoutMs ?? patience,
    ...bodyWithProgress(options, multipart(fields, file, filename)),
  })
  if ('fault' in answer) throw failed(isTooMuch(answer.fault) ? oversized : answer.fault)
  return draftFileIn(answer.json, [options.wstoken])
}

/** A blob of the whole form has a length and a type, whatever the runtime makes of it. */
function multipart(fields: Readonly<Record<string, string>>, file: Blob, filename: string): Blob {
  const random = crypto.getRandomValues(new Uint8Array(16))
  const boundary = `aside${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
  const part = (name: string, rest: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n`
  const before = Object.entries(fields).map(([name, value]) => `${part(name, '')}${value}\r\n`)
  const type = file.type || 'application/octet-stream'
  const head = part('file', `; filename="${quoted(filename)}"\r\nContent-Type: ${type}`)
  return new Blob([...before, head, file, `\r\n--${boundary}--\r\n`], {
    type: `multipart/form-data; boundary=${boundary}`,
  })
}

/** Moodle takes quotes and control characters out of names; here they would end the header. */
const quoted = (name: string): string => name.replaceAll('"', "'").replace(/\p{Cc}/gu, '')

function draftFileIn(json: unknown, secrets: readonly string[]): DraftFile {
  const exception = exceptionIn(json)
  // PHP has dropped a form that is too long for it, and the token with it.
  if (exception?.errorcode === 'missingparam') throw failed(oversized)
  if (exception) throw failed(refusal(exception, secrets))
  const [row] = Array.isArray(json) ? json : []
  if (!isRecord(row)) throw failed(malformed('0'))
  if (typeof row.errortype === 'string') {
    throw failed(refusal({ errorcode: row.errortype, exception: '', reason: String(row.error) }, secrets))
  }
  const { itemid, filename, filepath, filesize } = row
  if (typeof filename !== 'string' || typeof filepath !== 'string') throw failed(malformed('0.filename'))
  return { itemid: Number(itemid), filename, filepath, filesize: Number(filesize) }
}

/** A web server that lets no such request through. */
const isTooMuch = (fault: Fault): boolean => fault.kind === 'bad-status' && fault.status === 413

const failed = (fault: Fault): MoodleError & Error => moodleError(script, fault)

const larger = (maxBytes: number): Fault => ({
  kind: 'params',
  path: 'file',
  reason: `larger than ${maxBytes} bytes`,
})

const oversized = refusal(
  { errorcode: 'fileoversized', exception: '', reason: 'more than the server takes in one request' },
  [],
)

const malformed = (path: string): Fault => ({ kind: 'malformed', path, html: false, debugOutput: false })
