import type { BrowserContext } from 'playwright-core'

/** What a browser asks for and complains of from now on. */
export interface Overheard {
  requests: string[]
  complaints: string[]
}

export function listenTo(context: BrowserContext): Overheard {
  const heard: Overheard = { requests: [], complaints: [] }
  context.on('request', (request) => heard.requests.push(request.url()))
  context.on('console', (message) => {
    if (message.type() === 'error') heard.complaints.push(`${message.page()?.url()}: ${message.text()}`)
  })
  context.on('weberror', (error) => heard.complaints.push(String(error.error().stack)))
  return heard
}

/** Addresses that are neither the extension's own nor the site's. */
export function strangersIn({ requests }: Overheard, extensionId: string, wwwroot: string): string[] {
  const known = [`chrome-extension://${extensionId}/`, `${wwwroot}/`, 'data:', 'blob:']
  return requests.filter((url) => !known.some((start) => url.startsWith(start)))
}
