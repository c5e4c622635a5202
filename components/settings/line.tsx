import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { Switch } from '../common/switch.tsx'

interface LineProps {
  words: string
  /** What follows from it, not how it works. */
  means: string
}

export function SwitchLine({
  words,
  means,
  on,
  isSet = false,
  onChange,
}: LineProps & { on: boolean; isSet?: boolean; onChange: (on: boolean) => void }) {
  const id = useId()
  return (
    <div class="setting">
      <label class="setting-words" for={id}>
        {words}
      </label>
      <Switch id={id} on={on} isSet={isSet} describedBy={`${id}-means`} onChange={onChange} />
      <p class="setting-means" id={`${id}-means`}>
        {means} {isSet && t('setByAdmin')}
      </p>
    </div>
  )
}

interface Choice<Value> {
  value: Value
  words: string
}

interface ChoiceProps<Value> extends LineProps {
  value: Value
  choices: readonly Choice<Value>[]
  onChange: (value: Value) => void
}

export function ChoiceLine<Value extends string | number>({
  words,
  means,
  value,
  choices,
  onChange,
}: ChoiceProps<Value>) {
  const id = useId()
  const choose = (text: string) => {
    const choice = choices.find((one) => String(one.value) === text)
    if (choice) onChange(choice.value)
  }
  return (
    <div class="setting">
      <label class="setting-words" for={id}>
        {words}
      </label>
      <select
        id={id}
        class="field setting-field"
        value={String(value)}
        aria-describedby={`${id}-means`}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={String(choice.value)}>
            {choice.words}
          </option>
        ))}
      </select>
      <p class="setting-means" id={`${id}-means`}>
        {means}
      </p>
    </div>
  )
}

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}
