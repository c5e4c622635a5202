import type { AccountId, DialogueId } from '../dialogue/dialogue.ts'
import type { World } from './world.ts'

/** A person follows few links a minute; a page's script could name a thousand. */
const MOST_LOOKS = 6
const WITHIN_MS = 60_000
const MOST_REMEMBERED = 200

interface Looks {
  timesMs: number[]
  /** What the site has said that there is nothing of. */
  nowhere: Set<DialogueId>
}

const looks = new WeakMap<World, Map<AccountId, Looks>>()

function looksOf(world: World, accountId: AccountId): Looks {
  const accounts = looks.get(world) ?? new Map<AccountId, Looks>()
  looks.set(world, accounts)
  const own = accounts.get(accountId) ?? { timesMs: [], nowhere: new Set() }
  accounts.set(accountId, own)
  return own
}

export function isNowhere(world: World, accountId: AccountId, dialogueId: DialogueId): boolean {
  return looksOf(world, accountId).nowhere.has(dialogueId)
}

/** Only after the site's own word: a failure proves nothing. */
export function rememberNowhere(world: World, accountId: AccountId, dialogueId: DialogueId): void {
  const { nowhere } = looksOf(world, accountId)
  nowhere.add(dialogueId)
  for (const oldest of nowhere) {
    if (nowhere.size <= MOST_REMEMBERED) return
    nowhere.delete(oldest)
  }
}

/** Takes one of the minute's looks, if there is one left. */
export function takeLook(world: World, accountId: AccountId): boolean {
  const own = looksOf(world, accountId)
  const now = world.nowMs()
  own.timesMs = own.timesMs.filter((time) => now - time < WITHIN_MS)
  if (own.timesMs.length >= MOST_LOOKS) return false
  own.timesMs.push(now)
  return true
}
