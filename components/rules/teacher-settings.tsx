import { plural, t } from '../../lib/extension/text.ts'
import type { SettingsModel } from '../models/settings.ts'
import { ChoiceLine, Section } from '../settings/line.tsx'

const UNDO = [5, 10, 30, 60] as const

export function TeacherSettings({ model }: { model: SettingsModel }) {
  return (
    <Section title={t('settings')}>
      <ChoiceLine
        words={t('undoSeveralSeconds')}
        means={t('undoSeveralSecondsMeans')}
        value={model.settings.value.undoSeveralSeconds}
        choices={UNDO.map((value) => ({ value, words: plural('seconds', value) }))}
        onChange={(value) => model.change('undoSeveralSeconds', value)}
      />
    </Section>
  )
}
