import type { TransportOptions } from './transport.ts'

/** Moodle locks a session while it answers: more at once would wait there, and hold the server's workers. */
const atOnce = 2

interface Site {
  busy: number
  readonly waiting: (() => void)[]
}

const sites = new WeakMap<typeof globalThis.fetch, Map<string, Site>>()

function siteOf({ fetch, wwwroot }: TransportOptions): Site {
  const known = sites.get(fetch) ?? new Map<string, Site>()
  sites.set(fetch, known)
  const site = known.get(wwwroot) ?? { busy: 0, waiting: [] }
  known.set(wwwroot, site)
  return site
}

/**
 * Waits until the site has room for one more request; answers with what gives the place back, or with nothing when
 * the signal came first. Counted for each `fetch` and site, whichever client, sign-in or file it is for.
 */
export async function takeSlot(
  options: TransportOptions,
  signal: AbortSignal,
): Promise<(() => void) | undefined> {
  const site = siteOf(options)
  if (site.busy < atOnce) site.busy++
  else if (!(await turnComes(site, signal))) return undefined
  // A place is handed on as it is, so that nobody slips in between.
  return () => {
    const next = site.waiting.shift()
    if (next) next()
    else site.busy--
  }
}

function turnComes(site: Site, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const isNext = () => {
      signal.removeEventListener('abort', giveUp)
      resolve(true)
    }
    const giveUp = () => {
      site.waiting.splice(site.waiting.indexOf(isNext), 1)
      resolve(false)
    }
    site.waiting.push(isNext)
    signal.addEventListener('abort', giveUp, { once: true })
  })
}
