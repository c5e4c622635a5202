import type { AccountView, Course } from '../../lib/dialogue/views.ts'

interface LabelProps {
  words: string
  place: 'line' | 'table-filter'
}

interface AccountProps extends LabelProps {
  accounts: readonly Pick<AccountView, 'id' | 'siteName' | 'fullName'>[]
  value: string | undefined
  onChange: (accountId: string) => void
}

export function AccountField({ words, place, accounts, value, onChange }: AccountProps) {
  return (
    <label class={place}>
      <span class={place === 'line' ? 'line-label' : undefined}>{words}</span>
      <select class="field" value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {accounts.map(({ id, siteName, fullName }) => (
          <option key={id} value={id}>
            {`${siteName} · ${fullName}`}
          </option>
        ))}
      </select>
    </label>
  )
}

interface CourseProps extends LabelProps {
  courses: readonly Pick<Course, 'id' | 'name'>[]
  /** Instead of any of them. */
  none: string
  value: number | undefined
  onChange: (courseId: number | undefined) => void
}

export function CourseField({ words, place, courses, none, value, onChange }: CourseProps) {
  return (
    <label class={place}>
      <span class={place === 'line' ? 'line-label' : undefined}>{words}</span>
      <select
        class="field"
        value={value ?? ''}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? undefined : Number(currentTarget.value))
        }
      >
        <option value="">{none}</option>
        {courses.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
