export type Fetch = typeof globalThis.fetch

export interface Browser {
  readonly fetch: Fetch
  /** A page and where it was found, after redirects. */
  readonly open: (address: string, init?: RequestInit) => Promise<{ url: string; html: string }>
  readonly cookie: () => string
}

/** As much of a browser as logging in to Moodle takes: it keeps the cookies of one site. */
export function createBrowser(through: Fetch = globalThis.fetch, cookies = ''): Browser {
  const jar = new Map(cookies.split(/;\s*/).flatMap(named))
  const cookie = () => Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ')

  const keeping: Fetch = async (input, init) => {
    const request = new Request(input, init)
    if (jar.size > 0) request.headers.set('cookie', cookie())
    const response = await through(request)
    for (const line of response.headers.getSetCookie()) {
      for (const [name, value] of named(line)) jar.set(name, value)
    }
    return response
  }

  async function open(address: string, init: RequestInit = {}): ReturnType<Browser['open']> {
    const response = await keeping(address, { ...init, redirect: 'manual' })
    const location = response.headers.get('location')
    if (location === null) return { url: address, html: await response.text() }
    await response.body?.cancel()
    return open(new URL(location, address).href)
  }

  return { fetch: keeping, open, cookie }
}

function named(line: string): [string, string][] {
  const [, name, value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  return name === undefined ? [] : [[name, value]]
}
