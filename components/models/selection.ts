import { computed, signal } from '@preact/signals'
import type { DialogueRow } from '../../lib/dialogue/views.ts'
import { refKey } from './ref.ts'

export type Selection = ReturnType<typeof createSelection>

/** Rows that are chosen together. */
export function createSelection(rows: { value: DialogueRow[] }) {
  const keys = signal<ReadonlySet<string>>(new Set())
  const isOn = signal(false)

  function clear(): void {
    keys.value = new Set()
    isOn.value = false
  }

  return {
    keys,
    /** Boxes stand before the rows. */
    isOn,
    clear,
    /** Those still in the list. */
    refs: computed(() => rows.value.filter(({ ref }) => keys.value.has(refKey(ref))).map(({ ref }) => ref)),
    toggle(row: DialogueRow): void {
      const next = new Set(keys.value)
      if (!next.delete(refKey(row.ref))) next.add(refKey(row.ref))
      keys.value = next
      isOn.value = true
    },
    all(): void {
      keys.value = new Set(rows.value.map(({ ref }) => refKey(ref)))
    },
  }
}
