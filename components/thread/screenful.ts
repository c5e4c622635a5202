import { useEffect, useMemo, useState } from 'preact/hooks'
import type { MessageView, ThreadView } from '../../lib/dialogue/views.ts'

const AT_LEAST = 12
/** Of a line, in px and letters; a message is rather higher, so that a screen is filled. */
const LINE = { height: 22, letters: 80 }

function heightOf({ html }: MessageView): number {
  return LINE.height * Math.max(1, html.length / LINE.letters)
}

/** Where the newest messages begin that are more than a panel is high. */
function startOfScreenful({ messages }: ThreadView): number {
  let start = messages.length
  let height = 0
  while (start > 0 && (height < innerHeight || messages.length - start < AT_LEAST)) {
    start--
    const message = messages[start]
    if (message) height += heightOf(message)
  }
  return start
}

function cut(view: ThreadView): ThreadView {
  const first = view.messages.findIndex(({ id }) => id === view.firstUnreadId)
  const newest = startOfScreenful(view)
  // A dialogue opens at its first unread message, which needs what stands around it.
  if (newest <= 0 || (first !== -1 && first <= newest)) return view
  return { ...view, messages: view.messages.slice(newest), older: false }
}

const AT_THE_LATEST_MS = 300

/** When whoever reads wants nothing else; answers with a way to call it off. */
function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(work, AT_THE_LATEST_MS)
    return () => clearTimeout(timer)
  }
  const waiting = requestIdleCallback(work, { timeout: AT_THE_LATEST_MS })
  return () => cancelIdleCallback(waiting)
}

/** A dialogue that is opened shows its newest messages at once; those above them follow when these have been painted. */
export function useScreenfulFirst(view: ThreadView, wantsAll: boolean): ThreadView {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => whenIdle(() => setPainted(true)), [])
  const isWhole = isPainted || wantsAll
  return useMemo(() => (isWhole ? view : cut(view)), [view, isWhole])
}
