import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** A region that is there before what it says: of one that is born together with its words no screen reader tells. */
export function Status({ children }: { children: ComponentChildren }) {
  const [isThere, setThere] = useState(false)
  useEffect(() => setThere(true), [])
  return (
    <div class="status-note" role="status">
      {isThere && children}
    </div>
  )
}

interface Props {
  class?: string
  /** None where there is nothing to say. */
  children: ComponentChildren
}

export function StatusNote({ class: look = 'note', children }: Props) {
  return <Status>{children && <p class={look}>{children}</p>}</Status>
}
