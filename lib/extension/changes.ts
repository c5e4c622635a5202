import { browser } from 'wxt/browser'
import type { Change } from './protocol.ts'

export type ChangeFeed = (heard: (change: Change) => void) => () => void

const RECONNECT_MS = 500
const EVERYTHING: Change = {
  topics: ['accounts', 'dialogues', 'thread', 'outbox', 'drafts', 'sync', 'rules', 'people', 'settings'],
}

/** False once the extension was updated or removed under this page. */
export function isAlive(): boolean {
  return browser.runtime?.id !== undefined
}

/*
 * connected ───► waiting      the worker was stopped
 * waiting ─────► connected    after a moment; what may have been missed is announced as a change of everything
 * waiting ─────► lost         the extension is gone from this page
 */
export function listenForChanges(heard: (change: Change) => void, lost: () => void): () => void {
  let port: ReturnType<typeof browser.runtime.connect> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function connect(again: boolean): void {
    if (!isAlive()) return lost()
    try {
      port = browser.runtime.connect({ name: 'changes' })
    } catch {
      return lost()
    }
    port.onMessage.addListener(heard)
    port.onDisconnect.addListener(() => {
      timer = setTimeout(connect, RECONNECT_MS, true)
    })
    if (again) heard(EVERYTHING)
  }

  connect(false)
  return () => {
    clearTimeout(timer)
    port?.disconnect()
  }
}
