import { accountsOf } from './accounts.ts'
import type { Store } from './db.ts'
import { forgetOldWords } from './retention.ts'

/** Browsers and Dexie hand the reason on in several wrappings. */
export function isFull(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { name, inner, failures } = error as { name?: unknown; inner?: unknown; failures?: unknown }
  if (name === 'QuotaExceededError' || isFull(inner)) return true
  return Array.isArray(failures) && failures.some(isFull)
}

async function timesOfWords(db: Store): Promise<number[]> {
  const times: number[] = []
  await db.messages.each(({ timeCreated, html }) => {
    if (html !== '') times.push(timeCreated)
  })
  return times.sort((a, b) => a - b)
}

/** How much goes, oldest first, until something does; words of open dialogues only when nothing else is left. */
const STEPS = [
  { share: 0.25, openToo: false },
  { share: 0.5, openToo: false },
  { share: 1, openToo: false },
  { share: 0.25, openToo: true },
  { share: 1, openToo: true },
]

/** Forgets the oldest words of all accounts, which the sites still have; says of how many messages. */
export async function makeRoom(db: Store): Promise<number> {
  const times = await timesOfWords(db)
  const accounts = await accountsOf(db)
  for (const { share, openToo } of STEPS) {
    const newest = times[Math.ceil(times.length * share) - 1]
    if (newest === undefined) return 0
    let forgotten = 0
    for (const account of accounts) forgotten += await forgetOldWords(db, account, newest + 1, openToo)
    if (forgotten > 0) return forgotten
  }
  return 0
}
