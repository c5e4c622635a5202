import { useId, useState } from 'preact/hooks'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { SignatureField } from '../common/signature-field.tsx'
import type { SettingsModel } from '../models/settings.ts'
import { ChoiceLine, Section } from './line.tsx'

interface LineProps {
  account: AccountView
  onChange: (courseId: number, text: string) => void
}

function Line({ account, onChange }: LineProps) {
  const id = useId()
  const [courseId, setCourseId] = useState(account.courses[0]?.id ?? 0)
  return (
    <>
      <ChoiceLine
        words={account.siteName}
        means=""
        value={courseId}
        choices={account.courses.map((course) => ({ value: course.id, words: course.name }))}
        onChange={setCourseId}
      />
      <div class="signature-line" key={courseId}>
        <label for={id}>{t('signature')}</label>
        <SignatureField
          id={id}
          value={account.signatures?.[courseId]}
          onChange={(text) => onChange(courseId, text)}
        />
      </div>
    </>
  )
}

/** What stands under the messages that begin a dialogue, course by course. */
export function SignaturesSection({ model }: { model: SettingsModel }) {
  const accounts = (model.accounts.value ?? []).filter(({ courses }) => courses.length > 0)
  if (accounts.length === 0) return null
  return (
    <Section title={t('signatures')}>
      {accounts.map((account) => (
        <Line
          key={account.id}
          account={account}
          onChange={(courseId, text) => void model.setSignature(account.id, courseId, text)}
        />
      ))}
    </Section>
  )
}
