interface Props {
  id: string
  on: boolean
  /** By the administrator. */
  isSet?: boolean
  describedBy?: string
  onChange: (on: boolean) => void
}

export function Switch({ id, on, isSet = false, describedBy, onChange }: Props) {
  return (
    <input
      id={id}
      class="switch"
      type="checkbox"
      role="switch"
      checked={on}
      aria-checked={on}
      disabled={isSet}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
