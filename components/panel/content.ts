import { signal } from '@preact/signals'
import type { Addressed, NotLooked } from '../../lib/dialogue/address.ts'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { NewDialogueSeed } from '../../lib/dialogue/seed.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { Scope } from '../../lib/dialogue/views.ts'
import { type Hello, PROTOCOL_VERSION } from '../../lib/extension/protocol.ts'
import { type Connection, leaveAsIs } from '../models/connection.ts'
import { createDeskModel, type DeskModel } from '../models/desk.ts'
import { PAGE_OF_ROWS } from '../models/list.ts'
import { scopeOf } from '../models/place.ts'
import { onMove, placeOf, wwwrootOfPage } from './page-place.ts'

/** What to show besides the list. */
export interface Wanted {
  ref?: DialogueRef
  /** A message of it to point at. */
  messageId?: number
  seed?: NewDialogueSeed
  /** The list of these. */
  scope?: Scope
  /** What the address names, and was not looked for. */
  notLooked?: Addressed & { why: NotLooked }
}

/*
 * waiting ──► desk       this site is on for this person
 * waiting ──► not-on     it is not, or the worker did not answer; the next opening asks again
 * waiting ──► outdated   the worker speaks another version: reload
 */
export type Content =
  | { kind: 'waiting' }
  | { kind: 'desk'; desk: DeskModel }
  | { kind: 'not-on'; trouble: Trouble | undefined }
  | { kind: 'outdated' }

function askHello(connection: Connection): Promise<Hello | undefined> {
  const scope = scopeOf(placeOf(wwwrootOfPage()))
  const query = { scope, filter: 'all', limit: PAGE_OF_ROWS } as const
  return connection.ask('hello', { version: PROTOCOL_VERSION, query }).catch(leaveAsIs)
}

/** What the panel has to show. */
export function createContent(connection: Connection, isVisible: () => boolean) {
  const content = signal<Content>({ kind: 'waiting' })
  let running: Promise<void> | undefined

  function deskOf(hello: Hello, wwwroot: string): DeskModel {
    const desk = createDeskModel(connection, { hello, place: placeOf(wwwroot), isVisible })
    onMove(() => {
      desk.place.value = placeOf(wwwroot)
    })
    if (!hello.first) desk.list.load()
    return desk
  }

  function contentOf(hello: Hello | undefined): Content {
    if (!hello) return connection.lost.value ? { kind: 'outdated' } : { kind: 'not-on', trouble: undefined }
    if (hello.version !== PROTOCOL_VERSION) return { kind: 'outdated' }
    if (!hello.account) return { kind: 'not-on', trouble: hello.trouble }
    return { kind: 'desk', desk: deskOf(hello, hello.account.wwwroot) }
  }

  async function read(first: Promise<Hello> | undefined): Promise<void> {
    content.value = contentOf((await first?.catch(leaveAsIs)) ?? (await askHello(connection)))
  }

  function desk(): DeskModel | undefined {
    return content.value.kind === 'desk' ? content.value.desk : undefined
  }

  return {
    content,
    desk,
    /** Asks until there is a desk, then opens what was wanted. */
    async begin(first: Promise<Hello> | undefined, wanted: Wanted): Promise<void> {
      if (!desk()) {
        running ??= read(first)
        await running
        running = undefined
      }
      const { ref, messageId, seed, scope, notLooked } = wanted
      if (ref) desk()?.open(ref, false, messageId)
      if (seed) void desk()?.writeFrom(seed)
      if (scope) void desk()?.show(scope)
      if (notLooked) desk()?.address.tell(notLooked)
    },
  }
}
