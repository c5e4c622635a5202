import { signal } from '@preact/signals'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { type Connection, leaveAsIs } from './connection.ts'

/*
 * closed ──► asking     "Turn on for this site"
 * asking ──► waiting    the person chose; the browser asks its own question
 * asking ──► closed     "Not now"
 * waiting ─► closed     on
 * waiting ─► asking     refused, or nobody is logged in: `trouble` says which
 */
export type SwitchOn = { step: 'closed' | 'asking' | 'waiting'; trouble?: Trouble }

export interface SwitchOnStart {
  tabId: Promise<number | undefined>
  /** The browser's own question; only in a click. */
  requestSite: (wwwroot: string) => Promise<boolean>
}

export function createSwitchOn({ ask }: Connection, start: SwitchOnStart) {
  const state = signal<SwitchOn>({ step: 'closed' })

  async function prepare(wwwroot: string, onlyMe: boolean): Promise<void> {
    const tabId = await start.tabId
    const tab = tabId === undefined ? {} : { tabId }
    await ask('prepareSwitchOn', { wwwroot, onlyMe, ...tab }).catch(leaveAsIs)
  }

  async function finish(wwwroot: string): Promise<Trouble | undefined> {
    const answer = await ask('finishSwitchOn', { wwwroot }).catch(leaveAsIs)
    if (!answer) return { kind: 'unknown', mender: 'wait' }
    return 'mender' in answer ? answer : undefined
  }

  return {
    state,
    ask() {
      state.value = { step: 'asking' }
    },
    notNow() {
      state.value = { step: 'closed' }
    },
    /** The browser asks only within the click, so nothing may be awaited before its question. */
    async turnOn(wwwroot: string, onlyMe: boolean): Promise<void> {
      const prepared = prepare(wwwroot, onlyMe)
      const allowed = start.requestSite(wwwroot).catch(() => false)
      state.value = { step: 'waiting' }
      await prepared
      const trouble = (await allowed)
        ? await finish(wwwroot)
        : ({ kind: 'not-permitted', mender: 'person' } as const)
      state.value = trouble ? { step: 'asking', trouble } : { step: 'closed' }
    },
  }
}
