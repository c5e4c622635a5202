import { browser } from 'wxt/browser'
import type { Protocol } from './protocol.ts'

interface Reply<T> {
  res?: T
  err?: { message?: string }
}

/** `ask` of messaging.ts, in its wire format, for the launcher that every page pays for: a third of the bytes. */
export async function ask<K extends keyof Protocol>(
  type: K,
  data: Parameters<Protocol[K]>[0],
): Promise<ReturnType<Protocol[K]>> {
  const now = Date.now()
  const reply: Reply<ReturnType<Protocol[K]>> | undefined = await browser.runtime.sendMessage({
    id: now,
    type,
    data,
    timestamp: now,
  })
  if (!reply || reply.err) throw new Error(reply?.err?.message ?? 'no answer')
  return reply.res as ReturnType<Protocol[K]>
}
