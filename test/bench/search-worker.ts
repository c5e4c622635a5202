import { measureSearch } from './search-run.ts'

/** In a worker of a browser: told how many, tells what it measured. */
addEventListener('message', async ({ data }: MessageEvent<{ messages: number; conversations: number }>) => {
  const tell = (words: string) => postMessage({ words })
  try {
    postMessage({ measured: await measureSearch(data.messages, data.conversations, tell) })
  } catch (error) {
    postMessage({ failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
  }
})
