import Dexie, { type Table } from 'dexie'
import type { Draft } from '../dialogue/draft.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import type { RulePerson } from '../dialogue/rule-person.ts'
import type { ArrivalRow } from './arrival-rows.ts'
import type {
  AccountRow,
  ConversationRow,
  CourseRow,
  DialogueRecord,
  HabitRow,
  KeyRow,
  LedgerRow,
  MarkRow,
  MessageRow,
  MoveRow,
  PersonRow,
  PlaceRow,
  RosterRow,
  SyncRow,
  TokenRow,
} from './rows.ts'
import { watchPeople } from './rule-counts.ts'
import type { TermsRow, UnindexedRow } from './search-rows.ts'
import type { FilingRow } from './tally.ts'
import { toVersion2 } from './upgrade.ts'

export interface Store extends Dexie {
  accounts: Table<AccountRow, string>
  tokens: Table<TokenRow, string>
  keys: Table<KeyRow, string>
  conversations: Table<ConversationRow, [string, string]>
  messages: Table<MessageRow, [string, string, number]>
  dialogues: Table<DialogueRecord, [string, string, string]>
  people: Table<PersonRow, [string, number]>
  courses: Table<CourseRow, [string, number]>
  places: Table<PlaceRow, [string, string]>
  drafts: Table<Draft, [string, string]>
  outbox: Table<OutboxEntry, [string, string]>
  arrivals: Table<ArrivalRow, [string, string]>
  ledger: Table<LedgerRow, [string, string]>
  sync: Table<SyncRow, string>
  terms: Table<TermsRow, [string, string, number]>
  unindexed: Table<UnindexedRow, [string, number]>
  rules: Table<OpenRule, [string, string]>
  rulePeople: Table<RulePerson, [string, string, number]>
  marks: Table<MarkRow, [string, string, string]>
  moves: Table<MoveRow, [string, string, number]>
  filings: Table<FilingRow, [string, string]>
  rosters: Table<RosterRow, [string, number]>
  habits: Table<HabitRow, [string, number]>
}

/** All there are. What version 1 had otherwise, the browser knows when it is opened for the change to this one. */
const VERSION_2 = {
  accounts: 'id',
  tokens: 'accountId',
  keys: 'id',
  conversations: '[accountId+key], [accountId+conversationId]',
  messages: '[accountId+key+id], [accountId+key+dialogueId+id], [accountId+unread], [accountId+id]',
  dialogues:
    '[accountId+key+dialogueId], *lists, [accountId+orders.first], [accountId+orders.last], [accountId+orders.count], [accountId+orders.activity]',
  people: '[accountId+id]',
  courses: '[accountId+id]',
  places: '[accountId+url]',
  drafts: '[accountId+key]',
  outbox:
    '[accountId+key], [accountId+state+position], [accountId+conversationKey], &*lotKeys, *lotConversations',
  arrivals: '[accountId+id]',
  ledger: '[accountId+key]',
  sync: 'accountId',
  terms: '[accountId+bucket+block]',
  unindexed: '[accountId+id]',
  rules: '[accountId+id], [accountId+timeCreated]',
  rulePeople:
    '[accountId+ruleId+userId], [accountId+ruleId+standing+userId], [accountId+ruleId+timeAnswered], [accountId+timePlanned]',
  marks: '[accountId+key+dialogueId]',
  moves: '[accountId+key+id]',
  filings: '[accountId+key]',
  rosters: '[accountId+courseId]',
  habits: '[accountId+courseId]',
}

/** Tables whose rows belong to an account and begin with its id. */
export const ACCOUNT_TABLES = [
  'conversations',
  'messages',
  'dialogues',
  'people',
  'courses',
  'places',
  'drafts',
  'outbox',
  'arrivals',
  'ledger',
  'terms',
  'unindexed',
  'rules',
  'rulePeople',
  'marks',
  'moves',
  'filings',
  'rosters',
  'habits',
] as const

export function openStore(name = 'aside'): Store {
  const db = new Dexie(name) as Store
  declareTables(db)
  watchPeople(db)
  return db
}

/** Once more after an upgrade that failed: Dexie then takes the tables of the version before for all there are. */
export function declareTables(db: Store): void {
  db.version(2)
    .stores(VERSION_2)
    .upgrade((upgrade) => toVersion2(db, upgrade))
}

/** What one conversation consists of here. */
const CONVERSATION = [
  'conversations',
  'messages',
  'dialogues',
  'people',
  'places',
  'drafts',
  'outbox',
  'arrivals',
  'ledger',
  'sync',
  'unindexed',
  'rules',
  'rulePeople',
  'marks',
  'moves',
  'filings',
  'accounts',
  'courses',
]

/** Changes a conversation in one step, or not at all: a worker that is stopped leaves nothing half done. */
export function inOneStep<T>(db: Store, work: () => Promise<T>): Promise<T> {
  // Dexie follows native awaits only from an async function of its own.
  return db.transaction('rw', CONVERSATION, async () => work())
}
