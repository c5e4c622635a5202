import { createHash } from 'node:crypto'
import type { BrowserContext } from 'playwright-core'

const INLINE = /<script>([\s\S]*?)<\/script>/g

function policyFor(html: string): string {
  const scripts = [...html.matchAll(INLINE)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return [
    "default-src 'none'",
    `script-src ${scripts.join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
}

/** The site's pages allow what they hold themselves, and nothing else. */
export async function makeStrict(context: BrowserContext, pattern: string): Promise<void> {
  await context.route(pattern, async (route) => {
    const response = await route.fetch()
    const headers = { ...response.headers(), 'content-security-policy': policyFor(await response.text()) }
    await route.fulfill({ response, headers })
  })
}
