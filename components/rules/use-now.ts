import { useEffect, useState } from 'preact/hooks'

/** This computer's clock; it goes on by the second while something is counted down. */
export function useNowMs(isCounting: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    setNowMs(Date.now())
    if (!isCounting) return
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isCounting])
  return isCounting ? nowMs : Date.now()
}
