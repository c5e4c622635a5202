import { type ReadonlySignal, signal } from '@preact/signals'
import type { Change, Protocol } from '../../lib/extension/protocol.ts'

export type Ask = <Name extends keyof Protocol>(
  name: Name,
  ...data: Parameters<Protocol[Name]>
) => Promise<ReturnType<Protocol[Name]>>

/** What every model is given: questions to the worker and the worker's changes. */
export interface Connection {
  ask: Ask
  onChange(heard: (change: Change) => void): () => void
  /** The extension was updated under this page; only a reload helps. */
  lost: ReadonlySignal<boolean>
}

export interface Line {
  ask: Ask
  listen(heard: (change: Change) => void, lost: () => void): () => void
  isAlive(): boolean
}

export function createConnection(line: Line): Connection & { close(): void } {
  const lost = signal(false)
  const listeners = new Set<(change: Change) => void>()
  const close = line.listen(
    (change) => {
      for (const heard of listeners) heard(change)
    },
    () => {
      lost.value = true
    },
  )
  const ask: Ask = async (name, ...data) => {
    try {
      return await line.ask(name, ...data)
    } catch (error) {
      if (!line.isAlive()) lost.value = true
      throw error
    }
  }
  return {
    ask,
    lost,
    close,
    onChange(heard) {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
  }
}

/** The worker was out of reach; what is on screen stays and the next change asks again. */
export function leaveAsIs(): undefined {
  return undefined
}
