import type { Life } from './life.ts'
import type { Site } from './site.ts'

/**
 * What may become of a request. `before` it reaches Moodle: the line is cut, a gateway or a portal answers. `after`
 * Moodle has done the work: the answer is lost or spoilt. `late`: given up here, and done by Moodle afterwards.
 */
export const MISHAPS = [
  'cut before',
  'error before',
  'page before',
  'cut after',
  'error after',
  'page after',
  'notice after',
  'late',
] as const
export type Mishap = (typeof MISHAPS)[number]

export interface Trap {
  mishap: Mishap
  /** Only a request that sends. */
  onSend: boolean
  /** Lets so many go by. */
  skip: number
}

/** Seconds after which a request that was given up is done all the same, at most. */
export const LATEST = 90

const PAGE = '<!DOCTYPE html><html><body>Please sign in.</body></html>'
const NOTICE = '<br />\n<b>Notice</b>:  Undefined index: x in <b>lib.php</b> on line <b>12</b><br />\n'

const page = () => new Response(PAGE, { headers: { 'content-type': 'text/html' } })
const gatewayError = (status: number) => new Response('<html>Bad gateway</html>', { status })
const cut = () => new TypeError('fetch failed')

const soon = () => new Promise<void>((done) => setImmediate(done))

/** The network between one browser and the site. */
export function createWire(site: Site) {
  let traps: Trap[] = []
  let late: { due: number; request: Request }[] = []
  let taken = 0
  let requests = 0

  function mishapFor(isSend: boolean): Mishap | undefined {
    const trap = traps.find(({ onSend }) => isSend || !onSend)
    if (!trap || trap.skip-- > 0) return undefined
    traps = traps.filter((other) => other !== trap)
    taken++
    return trap.mishap
  }

  async function after(mishap: Mishap | undefined, answer: Response): Promise<Response> {
    if (mishap === 'cut after') throw cut()
    if (mishap === 'error after') return gatewayError(504)
    if (mishap === 'page after') return page()
    if (mishap === 'notice after') return new Response(NOTICE + (await answer.text()), { status: 200 })
    return answer
  }

  async function travel(request: Request, isSend: boolean): Promise<Response> {
    requests++
    const mishap = mishapFor(isSend)
    if (mishap === 'cut before') throw cut()
    if (mishap === 'error before') return gatewayError(requests % 2 === 0 ? 502 : 503)
    if (mishap === 'page before') return page()
    if (mishap === 'late') {
      late.push({ due: site.clock.now() + 1 + ((requests * 37) % LATEST), request })
      throw cut()
    }
    return after(mishap, await site.answer(request))
  }

  return {
    /** The `fetch` of one worker. `cookie` is looked up when the request leaves. */
    fetchOf(life: Life, cookie: () => string | undefined): typeof fetch {
      return async (input, init) => {
        const asked = new Request(input, init)
        const body = await asked.text()
        const jar = asked.credentials === 'include' ? cookie() : undefined
        const headers = { ...Object.fromEntries(asked.headers), ...(jar ? { cookie: jar } : {}) }
        const request = new Request(asked.url, { method: asked.method, headers, body })
        return life.step(async () => {
          await soon()
          return travel(request, body.includes('core_message_send_'))
        })
      }
    },
    trap: (trap: Trap) => traps.push({ ...trap }),
    mend: () => {
      traps = []
    },
    /** Time passes; what is under way arrives. */
    async pass(seconds: number): Promise<void> {
      const until = site.clock.now() + seconds
      const due = late.filter((each) => each.due <= until).sort((a, b) => a.due - b.due)
      late = late.filter((each) => each.due > until)
      for (const each of due) {
        site.clock.advance(Math.max(0, each.due - site.clock.now()))
        await site.answer(each.request)
      }
      site.clock.advance(until - site.clock.now())
    },
    mishaps: () => taken,
  }
}

export type Wire = ReturnType<typeof createWire>
