/** These run inside a page, in the extension's own world: they may use nothing from outside themselves. */

export interface Watched {
  /** Selects, in the panel, what has to be there before its paint counts. */
  until: string
  /** The event that starts the clock. */
  from: 'click' | 'pointerover'
}

declare global {
  var asidePainted: Promise<number> | undefined
  var asideTime: Promise<number> | undefined
  var asideFrames: (() => number[]) | undefined
}

/**
 * Makes `asidePainted` the milliseconds from the input, as the browser stamped it, until the frame that shows
 * `until` has been painted.
 */
export function watchPaint({ until, from }: Watched): void {
  const longest = 8000
  globalThis.asidePainted = new Promise((resolve, reject) => {
    let began: number | undefined
    let root: ShadowRoot | null = null
    const observer = new MutationObserver(look)

    function painted(): void {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve(performance.now() - (began ?? Number.NaN))
      port2.postMessage(undefined)
    }

    function look(): void {
      const host = document.querySelector('aside-panel')
      if (host instanceof HTMLElement && !root) {
        root = chrome.dom.openOrClosedShadowRoot(host) as ShadowRoot | null
        if (root) observer.observe(root, { subtree: true, childList: true, attributes: true })
      }
      if (began === undefined || !root?.querySelector(until)) return
      observer.disconnect()
      requestAnimationFrame(painted)
    }

    function start(event: Event): void {
      began ??= event.timeStamp
    }

    setTimeout(() => reject(new Error(`never painted: ${until}`)), longest)
    addEventListener(from, start, { capture: true, once: true })
    observer.observe(document.documentElement, { childList: true })
    look()
  })
}

/** As the clocks of all pages and of the program that drives them show it. */
export function noteTimeOf({ event, selector }: { event: string; selector?: string }): void {
  const long = 8000
  globalThis.asideTime = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`never came: ${event} ${selector ?? ''}`)), long)
    if (selector === undefined) {
      const note = ({ timeStamp }: Event) => resolve(performance.timeOrigin + timeStamp)
      addEventListener(event, note, { capture: true, once: true })
      return
    }
    const host = document.querySelector('aside-panel') as HTMLElement
    const root = chrome.dom.openOrClosedShadowRoot(host) as ShadowRoot
    const observer = new MutationObserver(look)
    function look(): void {
      if (root.querySelector(selector as string) === null) return
      observer.disconnect()
      const now = () => performance.timeOrigin + performance.now()
      if (event === 'there') return resolve(now())
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(now())
        port2.postMessage(undefined)
      })
    }
    observer.observe(root, { subtree: true, childList: true, attributes: true })
    look()
  })
}

export function notedTime(): Promise<number> | undefined {
  return globalThis.asideTime
}

/** Notes how long each frame takes until told to stop. */
export function watchFrames(): void {
  const frames: number[] = []
  let last = performance.now()
  let isWatching = true
  function next(now: number): void {
    frames.push(now - last)
    last = now
    if (isWatching) requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
  globalThis.asideFrames = () => {
    isWatching = false
    return frames.slice(1)
  }
}

export function framesWatched(): number[] {
  return globalThis.asideFrames?.() ?? []
}

/** How many messages are on screen, and whether there are older ones above them. */
export function messagesDrawn(): number {
  const host = document.querySelector('aside-panel') as HTMLElement
  const root = chrome.dom.openOrClosedShadowRoot(host) as ShadowRoot | null
  return root?.querySelectorAll('.thread-scroll .message').length ?? 0
}

export function timeOfPaint(): Promise<number> | undefined {
  return globalThis.asidePainted
}

/** Where something in the panel is, so that a real pointer can be sent there. `words`: the first that contains them. */
export function placeInPanel({ selector, words }: { selector: string; words?: string }) {
  const host = document.querySelector('aside-panel')
  const root = host instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(host) : null
  const all = [...((root as ShadowRoot | null)?.querySelectorAll(selector) ?? [])]
  const found = all.find((element) => words === undefined || element.textContent?.includes(words))
  if (!found) return undefined
  // News of others may have pushed it below the edge.
  found.scrollIntoView({ block: 'nearest' })
  const { x, y, width, height } = found.getBoundingClientRect()
  return { x: x + width / 2, y: y + height / 2 }
}

/** Whether what is scrolled fills its frame: less would be no screenful. */
export function fills(selector: string): boolean {
  const host = document.querySelector('aside-panel')
  const root = host instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(host) : null
  const box = (root as ShadowRoot | null)?.querySelector(selector)
  return box !== null && box !== undefined && box.clientHeight > 200 && box.scrollHeight >= box.clientHeight
}
