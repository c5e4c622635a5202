import { redact } from './redact.ts'
import type { TransportOptions } from './transport.ts'

/** One HTTP request for a log: no query, no body, no header, and no key in the path. */
export interface HttpFacts {
  readonly method: 'get' | 'post'
  /** Below the site's address, as in `/webservice/rest/server.php`. */
  readonly path: string
  /** Missing where no answer came. */
  readonly status?: number
  /** Until the answer began. */
  readonly tookMs: number
}

/** Tells the caller's `onRequest`, once, when the answer has begun or will not come. */
export function telling(
  { wwwroot, onRequest }: TransportOptions,
  { method, address }: { readonly method: 'get' | 'post'; readonly address: string },
): (status?: number) => void {
  if (!onRequest) return () => undefined
  const began = performance.now()
  let isTold = false
  return (status) => {
    if (isTold) return
    isTold = true
    const path = redact(address.slice(wwwroot.length).replace(/[?#].*$/s, ''))
    const tookMs = performance.now() - began
    onRequest({ method, path, tookMs, ...(status === undefined ? {} : { status }) })
  }
}
