import { browser } from 'wxt/browser'

/**
 * What the browser's storage holds, read once for as long as it does not say that it has changed: each question to it
 * costs the worker a millisecond, and there are several in every round.
 */
export function untilChanged<T>(area: 'local' | 'managed', read: () => Promise<T>, key?: string) {
  let held: Promise<T> | undefined

  function forget(): void {
    held = undefined
  }

  function hear(changes: object, changed: string): void {
    if (changed === area && (key === undefined || key in changes)) forget()
  }

  function begin(): Promise<T> {
    const reading = read()
    held = reading
    // What failed is asked again.
    reading.catch(forget)
    return reading
  }

  return {
    forget,
    read(): Promise<T> {
      const { onChanged } = browser.storage
      if (onChanged.hasListener(hear)) return held ?? begin()
      onChanged.addListener(hear)
      return begin()
    },
  }
}
