import { setTimeout as wait } from 'node:timers/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Hono, MiddlewareHandler } from 'hono'
import type { Fault } from '../faults.ts'
import { parseForm } from '../form.ts'
import type { World } from '../world.ts'
import { type Env, formText, type Web } from './env.ts'

function functionsOf(web: Web): string[] {
  const path = web.req.path
  if (path.startsWith('/lib/ajax/')) return ajaxFunctions(web.get('body'))
  if (path !== '/webservice/rest/server.php') return []
  const form = parseForm(formText(web))
  const inner = Array.isArray(form.requests) ? form.requests.map((row) => String(row?.function ?? '')) : []
  return [String(form.wsfunction ?? ''), ...inner]
}

function ajaxFunctions(body: string): string[] {
  try {
    const calls: unknown = JSON.parse(body)
    return Array.isArray(calls) ? calls.map((call) => String(call?.methodname ?? '')) : []
  } catch {
    return []
  }
}

function cut(web: Web): Response {
  web.env.incoming.socket.destroy()
  return RESPONSE_ALREADY_SENT
}

const portal =
  '<!DOCTYPE html><html><head><title>Sign in to the network</title></head><body>Please sign in.</body></html>'
const notice = '<br />\n<b>Notice</b>:  Undefined index: x in <b>lib.php</b> on line <b>12</b><br />\n'

/** What happens instead of an answer, or undefined where the work is done first. */
async function before(web: Web, faults: Fault[]): Promise<Response | undefined> {
  for (const fault of faults) {
    if (fault.kind === 'latency') await wait(fault.ms ?? 100)
    if (fault.kind === 'offline') return cut(web)
    if (fault.kind === 'html') return web.html(fault.text ?? portal)
    if (fault.kind !== 'status') continue
    const retry: Record<string, string> =
      fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }
    return new Response(fault.text ?? '<html><body>Service unavailable</body></html>', {
      status: fault.status ?? 503,
      headers: { 'content-type': 'text/html; charset=utf-8', ...retry },
    })
  }
  return undefined
}

async function after(web: Web, faults: Fault[]): Promise<void> {
  if (faults.some((fault) => fault.kind === 'answerLost')) {
    web.res = undefined
    web.res = cut(web)
    return
  }
  const debug = faults.find((fault) => fault.kind === 'debugText')
  if (!debug) return
  const { headers, status } = web.res
  const text = (debug.text ?? notice) + (await web.res.text())
  web.res = undefined
  web.res = new Response(text, { status, headers })
}

/** Reads the body once, lets faults happen, and writes the request down. */
export function disturb(app: Hono<Env>, world: World): void {
  const middleware: MiddlewareHandler<Env> = async (web, next) => {
    const bytes = web.req.method === 'POST' ? await web.req.arrayBuffer() : new ArrayBuffer()
    // A file is no text, and no form that the rest reads.
    const isUpload = /^multipart\//.test(web.req.header('content-type') ?? '')
    web.set('body', isUpload ? '' : new TextDecoder().decode(bytes))
    web.set('userid', 0)
    web.set('functions', functionsOf(web))
    const faults = world.faults.take(web.req.path, web.get('functions'))
    const instead = await before(web, faults)
    if (instead) web.res = instead
    else await next()
    const responseBytes = instead ? 0 : (await web.res.clone().arrayBuffer()).byteLength
    world.requests.add({
      time: world.state.clock.now(),
      method: web.req.method,
      path: web.req.path,
      functions: web.get('functions'),
      userid: web.get('userid'),
      nosessionupdate: web.req.query('nosessionupdate') === 'true',
      status: web.res.status,
      requestBytes: bytes.byteLength,
      responseBytes,
    })
    if (!instead) await after(web, faults)
    web.res.headers.set('date', new Date(world.state.clock.milliseconds()).toUTCString())
    return instead
  }
  app.use('*', middleware)
}
