import { isAlive, listenForChanges } from './changes.ts'
import { ask } from './messaging.ts'
import type { Protocol } from './protocol.ts'

type Question = <Name extends keyof Protocol>(
  name: Name,
  ...data: Parameters<Protocol[Name]>
) => Promise<ReturnType<Protocol[Name]>>

const send: (name: keyof Protocol, data: unknown) => Promise<unknown> = ask as never

/** The line from a screen to the worker. */
export const workerLine = {
  ask: ((name, ...data) => send(name, data[0])) as Question,
  listen: listenForChanges,
  isAlive,
}
