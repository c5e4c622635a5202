/**
 * Of questions that many changes bring about, one is under way at a time; what changes meanwhile asks once more when it
 * is answered. Whoever asks waits for the last.
 */
export function oneAtATime(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let isAgain = false

  async function untilStill(): Promise<void> {
    do {
      isAgain = false
      await work()
    } while (isAgain)
  }

  return () => {
    isAgain = running !== undefined
    running ??= untilStill().finally(() => {
      running = undefined
    })
    return running
  }
}
