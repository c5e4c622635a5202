import { useRef, useState } from 'preact/hooks'
import { cleanShortcut, type OwnTemplate } from '../../lib/dialogue/own-template.ts'
import { fieldsIn } from '../../lib/dialogue/template.ts'
import { t } from '../../lib/extension/text.ts'
import { StatusNote } from '../common/status-note.tsx'
import type { TemplatesModel } from '../models/templates.ts'
import { FieldButtons, insertAt } from './text-field.tsx'

interface Props {
  model: TemplatesModel
  template: OwnTemplate
  onDone: () => void
}

interface LineProps {
  label: string
  value: string
  maxLength: number
  means?: string
  onInput: (value: string) => void
}

function Line({ label, value, maxLength, means, onInput }: LineProps) {
  return (
    <label class="form-line">
      <span class="form-label">{label}</span>
      <span>
        <input
          class="field"
          type="text"
          dir="auto"
          maxLength={maxLength}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        {means && <small class="hint">{means}</small>}
      </span>
    </label>
  )
}

function withSubject(template: OwnTemplate, subject: string): OwnTemplate {
  const { subject: _, ...rest } = template
  return subject === '' ? rest : { ...rest, subject }
}

export function TemplateForm({ model, template, onDone }: Props) {
  const [now, set] = useState(template)
  const [isUnsaved, setUnsaved] = useState(false)
  const area = useRef<HTMLTextAreaElement>(null)
  const isNew = !model.templates.value?.some(({ id }) => id === template.id)
  const { unknown } = fieldsIn(`${now.subject ?? ''} ${now.text}`)
  const isWhole = now.name.trim() !== '' && now.text.trim() !== ''
  async function save(): Promise<void> {
    const shortcut = cleanShortcut(now.shortcut)
    if (await model.save({ ...now, shortcut })) onDone()
    else setUnsaved(true)
  }
  async function remove(): Promise<void> {
    await model.remove(template)
    onDone()
  }
  return (
    <form
      class="rule-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole) void save()
      }}
    >
      <Line
        label={t('personName')}
        value={now.name}
        maxLength={80}
        onInput={(name) => set({ ...now, name })}
      />
      <Line
        label={t('shortcut')}
        value={now.shortcut}
        maxLength={24}
        means={t('shortcutMeans', `/${cleanShortcut(now.shortcut) || t('starterWelcomeShort')}`)}
        onInput={(shortcut) => set({ ...now, shortcut })}
      />
      <Line
        label={t('subject')}
        value={now.subject ?? ''}
        maxLength={120}
        onInput={(subject) => set(withSubject(now, subject))}
      />
      <label class="form-line">
        <span class="form-label">{t('text')}</span>
        <textarea
          ref={area}
          class="field rule-area"
          dir="auto"
          rows={8}
          maxLength={4096}
          value={now.text}
          onInput={(event) => set({ ...now, text: event.currentTarget.value })}
        />
      </label>
      <FieldButtons
        onInsert={(field) => area.current && set({ ...now, text: insertAt(area.current, field) })}
      />
      <StatusNote>{unknown.map((name) => t('fieldUnknown', `{${name}}`)).join(' ')}</StatusNote>
      {isUnsaved && (
        <p class="note" role="alert">
          {t('notKept')}
        </p>
      )}
      <div class="rule-deeds">
        <button type="submit" class="button button-main" disabled={!isWhole}>
          {t('save')}
        </button>
        <button type="button" class="button" onClick={onDone}>
          {t('leaveAsItWas')}
        </button>
        {!isNew && (
          <button type="button" class="button danger" onClick={() => void remove()}>
            {t('removeTemplate')}
          </button>
        )}
      </div>
    </form>
  )
}
