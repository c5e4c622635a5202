import { expect } from 'vitest'
import type { Stage } from './stage.ts'

/** Returns once the server's clock has gone on: at once where it can be moved, else after waiting for it. */
export async function secondsLater({ site, people, place }: Stage, seconds: number): Promise<number> {
  const { over, timeServer } = people.teacher
  const look = async () => {
    await over.rest.call('core_message_get_unread_conversations_count', { useridto: place.teacher })
    return timeServer()
  }
  const start = await look()
  site.elapse?.(seconds)
  await expect
    .poll(look, { interval: 200, timeout: (seconds + 5) * 1000 })
    .toBeGreaterThanOrEqual(start + seconds)
  return timeServer()
}
