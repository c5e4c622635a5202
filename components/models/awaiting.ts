import { computed, signal } from '@preact/signals'

/** Mostly a dialogue is there before anybody could read that it is awaited. */
const LATE_MS = 120

/** True until something is there to be shown, or it is time to say that it takes long. */
export function awaiting(isThere: () => boolean) {
  const isLate = signal(false)
  const timer = setTimeout(() => {
    isLate.value = true
  }, LATE_MS)
  return { isAwaited: computed(() => !isLate.value && !isThere()), stop: () => clearTimeout(timer) }
}
