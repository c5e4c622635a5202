import { t } from '../../lib/extension/text.ts'

interface Props {
  id: string
  value: string | undefined
  onChange: (text: string) => void
}

/** More of them are scrolled to. */
const LINES = 8

/** What stands under first messages in a course; kept when the field is left. */
export function SignatureField({ id, value = '', onChange }: Props) {
  return (
    <>
      <textarea
        id={id}
        class="field"
        rows={Math.min(LINES, Math.max(2, value.split('\n').length))}
        dir="auto"
        maxLength={500}
        aria-describedby={`${id}-means`}
        value={value}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <p class="hint" id={`${id}-means`}>
        {t('signatureMeans')}
      </p>
    </>
  )
}
