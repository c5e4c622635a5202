import type { Draft } from '../dialogue/draft.ts'
import type { OpenRule } from '../dialogue/open-rule.ts'
import type { OutboxEntry } from '../dialogue/outbox.ts'
import type { AccountRow } from './rows.ts'

/**
 * Where what a person wrote is kept besides the database, an item a key, so that a keystroke rewrites little.
 * Handed in: the store itself knows no browser.
 */
export interface SecondPlace {
  /** Everything whose key begins with `kept:`. */
  read(): Promise<Record<string, unknown>>
  /** An item given as undefined is removed. */
  write(changes: ReadonlyMap<string, unknown>): Promise<void>
}

/** Accounts without their secrets, or nobody would know whose the words are. */
export const KEPT_TABLES = ['accounts', 'drafts', 'outbox', 'rules'] as const
export type KeptTable = (typeof KEPT_TABLES)[number]

export const PREFIX = 'kept:'
/** Names the database that the items were last in agreement with. */
export const DATABASE = `${PREFIX}database`

export interface Kept {
  database?: string
  accounts: AccountRow[]
  drafts: Draft[]
  outbox: OutboxEntry[]
  rules: OpenRule[]
}

export function isKeptTable(table: string): table is KeptTable {
  return (KEPT_TABLES as readonly string[]).includes(table)
}

/** A rule's words are kept with the rule, and whom they have reached the site is asked. */
export function isKeptRow(table: KeptTable, row: unknown): boolean {
  return table !== 'outbox' || (row as OutboxEntry).ruleId === undefined
}

/** `kept:drafts:3@moodle.example u5/general` */
export function keyOfItem(table: KeptTable, primaryKey: unknown): string {
  return `${PREFIX}${table}:${Array.isArray(primaryKey) ? primaryKey.join(' ') : String(primaryKey)}`
}

function isOf(table: KeptTable, key: string): boolean {
  return key.startsWith(`${PREFIX}${table}:`)
}

export function keptOf(there: Record<string, unknown>): Kept {
  const items = Object.entries(there)
  const of = (table: KeptTable) => items.filter(([key]) => isOf(table, key)).map(([, item]) => item)
  const database = items.find(([key]) => key === DATABASE)?.[1]
  return {
    ...(typeof database === 'string' ? { database } : {}),
    accounts: of('accounts') as AccountRow[],
    drafts: of('drafts') as Draft[],
    outbox: of('outbox') as OutboxEntry[],
    rules: of('rules') as OpenRule[],
  }
}
