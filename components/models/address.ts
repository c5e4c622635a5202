import { signal } from '@preact/signals'
import type { Addressed, NotLooked } from '../../lib/dialogue/address.ts'
import type { FoundDialogue } from '../../lib/extension/protocol.ts'
import type { Connection } from './connection.ts'

/*
 * none ────────────────────► too-many | no-answer   what the address names was not looked for, or in vain
 * too-many | no-answer ────► looking                the person wants it
 * looking ─────────────────► none                   found, and opened
 * looking ─────────────────► nowhere                there is none
 * looking ─────────────────► no-answer
 * any ─────────────────────► none                   "Close"
 */
type State = NotLooked | 'looking' | 'nowhere'

/** What an address names, where nothing opened of itself. */
export function createAddress({ ask }: Connection, open: (found: FoundDialogue) => void) {
  const state = signal<State>()
  let named: Addressed | undefined

  function close(): void {
    state.value = undefined
    named = undefined
  }

  return {
    state,
    tell({ why, ...addressed }: Addressed & { why: NotLooked }): void {
      named = addressed
      state.value = why
    },
    async look(): Promise<void> {
      if (!named || state.value === 'looking') return
      state.value = 'looking'
      const wanted = named
      const answer = await ask('findDialogue', { ...wanted, isWanted: true }).catch(
        () => ({ notLooked: 'no-answer' }) as const,
      )
      // The page may have named another meanwhile, or the person closed this.
      if (named !== wanted) return
      if (answer && 'notLooked' in answer) state.value = answer.notLooked
      else if (answer === undefined) state.value = 'nowhere'
      else {
        close()
        open(answer)
      }
    },
    close,
  }
}
