import type { ComponentChildren } from 'preact'

interface Props {
  class?: string
  /** None where there is nothing to say. */
  children: ComponentChildren
}

/** A region that is there before its words: of one that is born together with them no screen reader tells. */
export function StatusNote({ class: look = 'note', children }: Props) {
  return (
    <div class="status-note" role="status">
      {children && <p class={look}>{children}</p>}
    </div>
  )
}
