import { useEffect, useState } from 'preact/hooks'

function secondsUntil(timeMs: number | undefined): number {
  return timeMs === undefined ? 0 : Math.max(0, Math.ceil((timeMs - Date.now()) / 1000))
}

/** Whole seconds left, drawn again as they go. */
export function useSecondsUntil(timeMs: number | undefined): number {
  const [seconds, setSeconds] = useState(() => secondsUntil(timeMs))
  useEffect(() => {
    setSeconds(secondsUntil(timeMs))
    if (secondsUntil(timeMs) === 0) return
    const timer = setInterval(() => {
      const left = secondsUntil(timeMs)
      setSeconds(left)
      if (left === 0) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [timeMs])
  return seconds
}
