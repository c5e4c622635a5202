import { signal } from '@preact/signals'
import type { Diagnostics } from '../../lib/extension/diagnostics.ts'
import { type Connection, leaveAsIs } from './connection.ts'

const TOPICS = new Set<string>(['accounts', 'sync', 'outbox'])

export type DiagnosticsModel = ReturnType<typeof createDiagnosticsModel>

/** Asks while somebody looks; changes that come faster than answers are one question more. */
export function createDiagnosticsModel({ ask, onChange }: Pick<Connection, 'ask' | 'onChange'>) {
  const found = signal<Diagnostics | undefined>()
  let isAsking = false
  let isWanted = false

  async function load(): Promise<void> {
    isWanted = true
    if (isAsking) return
    isAsking = true
    while (isWanted) {
      isWanted = false
      found.value = (await ask('diagnostics').catch(leaveAsIs)) ?? found.value
    }
    isAsking = false
  }

  /** Until what it gives is called. */
  function watch(): () => void {
    void load()
    return onChange(({ topics }) => {
      if (topics.some((topic) => TOPICS.has(topic))) void load()
    })
  }

  return { found, load, watch }
}
