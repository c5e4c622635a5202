const SOON_MS = 60
/** A busy page waits no longer for its actions. */
const BUSY_MS = 300

/** In a pause of the page's own work. */
export function whenIdle(work: () => void): void {
  requestIdleCallback(work, { timeout: BUSY_MS })
}

/** Not one of our own actions, which are drawn there too. */
function isOfMoodle({ addedNodes, removedNodes }: MutationRecord): boolean {
  return [...addedNodes, ...removedNodes].some(({ nodeName }) => nodeName !== 'ASIDE-ACTION')
}

/**
 * Moodle draws parts of its pages anew: a table that is sorted, the next student, a post just written. Only those
 * parts are watched, never the whole page; what was missed meanwhile is seen when the tab comes to the front. Many
 * reasons to look come to one look; the answer is one more.
 */
export function watch(parts: readonly string[], look: () => void): () => void {
  let isDue = false
  const soon = () => {
    if (isDue) return
    isDue = true
    const due = () => {
      isDue = false
      look()
    }
    setTimeout(() => whenIdle(due), SOON_MS)
  }
  const observer = new MutationObserver((changes) => {
    if (changes.some(isOfMoodle)) soon()
  })
  for (const part of parts) {
    // A page has one of them: the rest of a long page is not searched for more.
    const element = document.querySelector(part)
    if (element) observer.observe(element, { childList: true, subtree: true })
  }
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') soon()
  })
  return soon
}
