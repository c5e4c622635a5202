import Dexie from 'dexie'
import type { Store } from './db.ts'

/**
 * Small tables are asked the same again and again, and a transaction costs the worker more than the rows it brings. The
 * worker alone writes, so what was read stays true until something is written to its table.
 */
const writes = new Map<string, number>()

Dexie.on('storagemutated', (parts) => {
  // `idb://database/table/index`
  const tables = new Set(Object.keys(parts).map((part) => part.split('/').at(-2) ?? ''))
  for (const table of tables) writes.set(table, writesTo(table) + 1)
})

/** How often something was written to a table in this worker's life: the same number twice means nothing new. */
export function writesTo(table: string): number {
  return writes.get(table) ?? 0
}

interface Memory {
  readAt: number
  answers: Map<string, Promise<unknown>>
}

const memories = new WeakMap<Store, Map<string, Memory>>()

/** Answers of a table since the last that was written to it. */
function answersOf(db: Store, table: string): Memory['answers'] {
  const memory = memories.get(db) ?? new Map<string, Memory>()
  memories.set(db, memory)
  const readAt = writesTo(table)
  const there = memory.get(table)
  if (there?.readAt === readAt) return there.answers
  const answers: Memory['answers'] = new Map()
  memory.set(table, { readAt, answers })
  return answers
}

/** Whether the answer is there, or on its way. */
export function isRemembered(db: Store, table: string, what: string): boolean {
  return answersOf(db, table).has(what)
}

/** What was read in passing, as the answer to what will be asked. */
export function remember<T>(db: Store, table: string, what: string, answer: T): void {
  answersOf(db, table).set(what, Promise.resolve(answer))
}

/** The answer of `read`, which asks `what` of one table and of nothing else; nobody may change what it brings. */
export function remembered<T>(db: Store, table: string, what: string, read: () => Promise<T>): Promise<T> {
  // A transaction sees what it has written itself and nobody else does yet.
  if (Dexie.currentTransaction) return read()
  const answers = answersOf(db, table)
  const there = answers.get(what)
  if (there) return there as Promise<T>
  const reading = read()
  answers.set(what, reading)
  reading.catch(() => answers.delete(what))
  return reading
}
