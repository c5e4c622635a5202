import type { AccountId } from '../dialogue/dialogue.ts'
import type { Note } from '../dialogue/log.ts'
import type { SeveralPolicy } from '../dialogue/permission.ts'
import type { Trouble } from '../dialogue/trouble.ts'
import type { MoodleClient, TransportKind } from '../moodle/index.ts'
import type { Store } from '../store/db.ts'
import type { AccountRow } from '../store/rows.ts'

/** A way to the site that is proven to be this account's own. */
export interface Connection {
  /** For functions that either way reaches. */
  moodle: MoodleClient<TransportKind>
  /** The same client, for functions that only this way reaches. */
  way: MoodleClient<'session'> | MoodleClient<'rest'>
  /** To be told when the site says that it no longer counts. */
  lost(): Promise<void>
}

export type Topic = 'accounts' | 'dialogues' | 'thread' | 'outbox' | 'drafts' | 'sync' | 'rules' | 'people'

/** Everything that sync does not do itself: time, chance, locks, the way out, and telling the screens. */
export interface World {
  store: Store
  connect(account: AccountRow): Promise<Connection | Trouble>
  /** Over the account's token, for functions that a session does not reach. */
  connectByToken?(account: AccountRow): Promise<Connection | Trouble>
  /** Milliseconds of this computer's clock. */
  nowMs(): number
  /** Unix seconds of the site's clock, by observation. */
  serverTime(account: AccountRow): number
  /** Seconds by which that clock is ahead of this computer's; undefined until the site has answered this worker. */
  clockOffset?(account: AccountRow): number | undefined
  random(): number
  /** Names this run of the worker in leases. */
  holder: string
  /** Runs `work` unless another holder of `name` is at it, here or in another worker. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T | undefined>
  /** Runs `work` when every earlier holder of `name` is done. */
  inTurn<T>(name: string, work: () => Promise<T>): Promise<T>
  /** `gone`: messages that are no more. */
  changed(accountId: AccountId, topics: Topic[], conversationKey?: string, gone?: number[]): void
  isOnline(): boolean
  pause(ms: number): Promise<void>
  /** How long the words of messages are kept on this computer. */
  retentionSeconds(): Promise<number>
  /** How many messages of rules may leave an account in a day, where somebody has said so. */
  dailyCap?(): Promise<number | undefined>
  /** Who may write to many at once, where an administrator has said so. */
  severalPolicy?(): Promise<SeveralPolicy | undefined>
  /** In which dates are written into messages; English where nobody says. */
  language?(): string
  /** For the log, where there is one: what was done, and nothing of what was said. */
  note?(accountId: AccountId, note: Note): void
}

export function isTrouble(answer: Connection | Trouble): answer is Trouble {
  return 'mender' in answer
}

/** Enough for what is on screen to be read anew. */
const SCREENS_FIRST_MS = 100

/** What has just come is shown before the next writing makes a reading wait. */
export function screensFirst({ pause }: World): Promise<void> {
  return pause(SCREENS_FIRST_MS)
}
