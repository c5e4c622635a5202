import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'

/** Where browsers find what packages are called: for what their worker threads import there is no import map. */
const FOUND: Readonly<Record<string, string>> = {
  'aside-client': '/node_modules/aside-client/lib/moodle/library.js',
  '@noble/hashes/legacy.js': '/node_modules/@noble/hashes/legacy.js',
  '@noble/hashes/utils.js': '/node_modules/@noble/hashes/utils.js',
  'zod/mini': '/node_modules/zod/mini/index.js',
}

const withAddresses = (code: string): string =>
  code.replace(/(\bfrom\s*|\bimport\s*)(['"])([\w@/.-]+)\2/g, (whole, word, quote, name) =>
    name in FOUND ? `${word}${quote}${FOUND[name]}${quote}` : whole,
  )

const PAGES: Readonly<Record<string, string>> = {
  '/page.html': '<!doctype html><title>page</title><script type="module" src="/example.js"></script>',
  '/upload.html': '<!doctype html><title>upload</title><script type="module" src="/upload.js"></script>',
  '/worker.html':
    '<!doctype html><title>worker</title><script>new Worker("/example.js", { type: "module" })</script>',
  '/favicon.ico': '',
}

/** Serves a project as development servers do: its files as they are, its packages by their addresses. */
export async function servePages(project: string): Promise<{ address: string; close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://here').pathname)
    const file = join(project, path)
    if (path in PAGES) return response.setHeader('content-type', 'text/html').end(PAGES[path])
    if (!existsSync(file)) return response.writeHead(404).end()
    return response
      .setHeader('content-type', 'text/javascript')
      .end(withAddresses(readFileSync(file, 'utf8')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
