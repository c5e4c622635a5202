/**
 * Lets calls go in the order in which they were made: one whose description is still being loaded holds up those
 * behind it, and then they all go at once, so that they still share a request.
 *
 *   open ──something to wait for──▶ held ──nothing left to wait for──▶ open
 */
export function createLine(): <T>(awaited: T | Promise<T>, go: (value: T) => void, fail: () => void) => void {
  let held: (() => void)[] = []
  let loading = 0

  function release(): void {
    loading -= 1
    if (loading > 0) return
    const all = held
    held = []
    for (const go of all) go()
  }

  return (awaited, go, fail) => {
    if (!(awaited instanceof Promise)) {
      if (loading === 0) go(awaited)
      else held.push(() => go(awaited))
      return
    }
    loading += 1
    let then = fail
    held.push(() => then())
    awaited
      .then(
        (value) => {
          then = () => go(value)
        },
        () => undefined,
      )
      .then(release)
  }
}
