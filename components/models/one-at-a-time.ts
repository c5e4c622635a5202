/**
 * Of questions that many changes bring about, one is under way at a time; what changes meanwhile asks once more when it
 * is answered. Whoever asks waits for the last.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let isAgain = false

  async function untilStill(): Promise<void> {
    try {
      do {
        isAgain = false
        await work()
      } while (isAgain)
    } finally {
      // At once: whoever asks from here on must not wait for an answer that has been given.
      running = undefined
    }
  }

  return () => {
    isAgain = running !== undefined
    running ??= untilStill()
    return running
  }
}
