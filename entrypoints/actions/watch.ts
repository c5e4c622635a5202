const SOON_MS = 60

/**
 * Moodle draws parts of its pages anew: a table that is sorted, the next student, a post just written. Only those
 * parts are watched, never the whole page; what was missed meanwhile is seen when the tab comes to the front.
 */
export function watch(parts: readonly string[], look: () => void): void {
  let isDue = false
  const soon = () => {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      look()
    }, SOON_MS)
  }
  const observer = new MutationObserver(soon)
  for (const part of parts)
    for (const element of document.querySelectorAll(part))
      observer.observe(element, { childList: true, subtree: true })
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') soon()
  })
}
