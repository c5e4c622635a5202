import type { TransportOptions } from './transport.ts'

export interface Progress {
  /** In bytes, of the request as a whole. */
  readonly sent: number
  readonly total: number
}

interface Telling extends TransportOptions {
  readonly onProgress?: (progress: Progress) => void
}

interface Sending {
  readonly body: Blob | ReadableStream<Uint8Array>
  readonly headers?: Record<string, string>
  readonly via?: typeof globalThis.fetch
}

/**
 * How to send a form so that its progress is seen. In a page and its workers only XMLHttpRequest tells it (a fetch
 * may stream over HTTP/2 alone); Node streams, with the length that PHP wants to know before; elsewhere a fetch
 * tells its end.
 */
export function bodyWithProgress(options: Telling, body: Blob): Sending {
  const { onProgress, fetch } = options
  if (!onProgress) return { body }
  const total = body.size
  onProgress({ sent: 0, total })
  const isOwn = fetch === globalThis.fetch
  if (isOwn && typeof XMLHttpRequest === 'function') return { body, via: byXhr(body, onProgress) }
  if (isNode()) {
    const headers = { 'content-type': body.type, 'content-length': String(total) }
    return { body: counted(body, onProgress), headers }
  }
  return { body, via: tellingEnd(fetch, () => onProgress({ sent: total, total })) }
}

const isNode = (): boolean =>
  'process' in globalThis && !('Bun' in globalThis) && !('Deno' in globalThis) && !('window' in globalThis)

const piece = 65_536

/** Piece by piece, each read when the network has taken the one before it. */
function counted(body: Blob, onProgress: (progress: Progress) => void): ReadableStream<Uint8Array> {
  let sent = 0
  return new ReadableStream({
    async pull(controller) {
      const bytes = await body.slice(sent, sent + piece).arrayBuffer()
      controller.enqueue(new Uint8Array(bytes))
      sent += bytes.byteLength
      onProgress({ sent, total: body.size })
      if (sent >= body.size) controller.close()
    },
  })
}

const tellingEnd =
  (fetch: typeof globalThis.fetch, end: () => void): typeof globalThis.fetch =>
  async (input, init) => {
    const response = await fetch(input, init)
    end()
    return response
  }

/** As a fetch, for the one request that it was made for. */
function byXhr(body: Blob, onProgress: (progress: Progress) => void): typeof globalThis.fetch {
  return (input, init) =>
    new Promise((resolve, reject) => {
      const request = new Request(input, init)
      const xhr = new XMLHttpRequest()
      xhr.open(request.method, request.url)
      xhr.upload.onprogress = ({ loaded, total }) => onProgress({ sent: loaded, total })
      xhr.onload = () => resolve(new Response(xhr.responseText, { status: xhr.status }))
      xhr.onerror = () => reject(new TypeError('network failure'))
      xhr.onabort = () => reject(request.signal.reason)
      request.signal.addEventListener('abort', () => xhr.abort())
      xhr.send(body)
    })
}
