import { type ReadonlySignal, signal } from '@preact/signals'
import type { Change, Protocol } from '../../lib/extension/protocol.ts'

export type Ask = <Name extends keyof Protocol>(
  name: Name,
  ...data: Parameters<Protocol[Name]>
) => Promise<ReturnType<Protocol[Name]>>

/** What every model is given: questions to the worker and the worker's changes. */
export interface Connection {
  ask: Ask
  /** One worker answers all: the others are told when those who come `first` have their answers. */
  onChange(heard: (change: Change) => void): () => void
  onChangeFirst(heard: (change: Change) => Promise<void> | undefined): () => void
  /** The extension was updated under this page; only a reload helps. */
  lost: ReadonlySignal<boolean>
}

export interface Line {
  ask: Ask
  listen(heard: (change: Change) => void, lost: () => void): () => void
  isAlive(): boolean
}

function addTo<T>(set: Set<T>, one: T): () => void {
  set.add(one)
  return () => set.delete(one)
}

export function createConnection(line: Line): Connection & { close(): void } {
  const lost = signal(false)
  const listeners = new Set<(change: Change) => void>()
  const first = new Set<(change: Change) => Promise<void> | undefined>()

  function tell(change: Change): void {
    const answers = [...first].flatMap((heard) => heard(change) ?? [])
    const tellOthers = () => {
      for (const heard of listeners) heard(change)
    }
    if (answers.length > 0) void Promise.all(answers).then(tellOthers)
    else tellOthers()
  }

  const close = line.listen(tell, () => {
    lost.value = true
  })
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
    onChange: (heard) => addTo(listeners, heard),
    onChangeFirst: (heard) => addTo(first, heard),
  }
}

/** The worker was out of reach; what is on screen stays and the next change asks again. */
export function leaveAsIs(): undefined {
  return undefined
}
