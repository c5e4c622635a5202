import { plural, t } from '../../lib/extension/text.ts'
import type { SettingsModel } from '../models/settings.ts'
import { ChoiceLine, Section, SwitchLine } from './line.tsx'
import { QuietHoursSection } from './quiet-hours.tsx'
import { SignaturesSection } from './signatures.tsx'

const POLL = [60, 120, 300] as const
const UNDO = [0, 5, 10, 30] as const

export function ReadingTab({ model }: { model: SettingsModel }) {
  const settings = model.settings.value
  return (
    <>
      <Section title={t('tabReading')}>
        <ChoiceLine
          words={t('pollSeconds')}
          means={t('pollSecondsMeans')}
          value={settings.pollSeconds}
          choices={POLL.map((value) => ({ value, words: plural('everyMinutes', value / 60) }))}
          onChange={(value) => model.change('pollSeconds', value)}
        />
        <ChoiceLine
          words={t('sendWith')}
          means={t('sendWithMeans')}
          value={settings.sendWith}
          choices={[
            { value: 'ctrl-enter', words: t('sendWithCtrlEnter') },
            { value: 'enter', words: t('sendWithEnter') },
          ]}
          onChange={(value) => model.change('sendWith', value)}
        />
        <ChoiceLine
          words={t('undoSeconds')}
          means={t('undoSecondsMeans')}
          value={settings.undoSeconds}
          choices={UNDO.map((value) => ({ value, words: value ? plural('seconds', value) : t('undoNone') }))}
          onChange={(value) => model.change('undoSeconds', value)}
        />
        <SwitchLine
          words={t('keysSetting')}
          means={t('keysSettingMeans')}
          on={settings.keys}
          onChange={(on) => model.change('keys', on)}
        />
        <SwitchLine
          words={t('pageCounts')}
          means={t('pageCountsMeans')}
          on={settings.pageCounts}
          onChange={(on) => model.change('pageCounts', on)}
        />
        <SwitchLine
          words={t('hideNames')}
          means={t('hideNamesMeans')}
          on={settings.hidden}
          onChange={(on) => model.change('hidden', on)}
        />
      </Section>
      <QuietHoursSection model={model} />
      <SignaturesSection model={model} />
    </>
  )
}
