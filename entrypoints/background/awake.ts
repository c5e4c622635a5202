import { browser } from 'wxt/browser'

/** Browsers stop a worker that has asked them nothing for half a minute, whatever it waits for. */
const ASK_EVERY_MS = 20_000

/** Keeps the worker while it does something that a person has asked for and that takes its time. */
export async function whileAwake<T>(work: () => Promise<T>): Promise<T> {
  const asking = setInterval(() => void browser.runtime.getPlatformInfo(), ASK_EVERY_MS)
  try {
    return await work()
  } finally {
    clearInterval(asking)
  }
}
