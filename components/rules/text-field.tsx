import { useRef } from 'preact/hooks'
import type { OwnTemplate } from '../../lib/dialogue/own-template.ts'
import { FIELDS, fieldsIn } from '../../lib/dialogue/template.ts'
import { t } from '../../lib/extension/text.ts'
import { FIELD_WORDS } from '../common/field-words.ts'
import { StatusNote } from '../common/status-note.tsx'
import type { RuleEditor } from '../models/rule-editor.ts'

const SUBJECT_LENGTH = 120

interface ButtonsProps {
  onInsert: (text: string) => void
}

/** Each stands for what is different for everybody. */
export function FieldButtons({ onInsert }: ButtonsProps) {
  return (
    <fieldset class="field-buttons">
      <legend>{t('insertField')}</legend>
      {FIELDS.map((field) => (
        <button
          key={field}
          type="button"
          class="chip"
          title={`{${field}}`}
          // The place in the text must stay where it is.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onInsert(field === 'group' ? `{group|${t('yourGroup')}}` : `{${field}}`)}
        >
          {t(FIELD_WORDS[field])}
        </button>
      ))}
    </fieldset>
  )
}

function TemplateChoice({
  templates,
  onPick,
}: {
  templates: OwnTemplate[]
  onPick: (of: OwnTemplate) => void
}) {
  if (templates.length === 0) return null
  return (
    <label class="form-line">
      <span class="form-label">{t('template')}</span>
      <select
        class="field"
        value=""
        onChange={(event) => {
          const template = templates.find(({ id }) => id === event.currentTarget.value)
          event.currentTarget.value = ''
          if (template) onPick(template)
        }}
      >
        <option value="">{t('chooseTemplate')}</option>
        {templates.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Puts `text` where the person is writing; what the browser can undo stays undoable. */
export function insertAt(area: HTMLTextAreaElement, text: string): string {
  area.focus()
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
  return area.value
}

interface Props {
  editor: RuleEditor
  templates: OwnTemplate[]
}

export function TextField({ editor, templates }: Props) {
  const area = useRef<HTMLTextAreaElement>(null)
  const { subject, text } = editor.draft.value
  const { unknown } = fieldsIn(`${subject} ${text}`)

  function take(template: OwnTemplate): void {
    const before = text.trim() === '' ? '' : `${text.trimEnd()}\n\n`
    editor.change({
      text: before + template.text,
      ...(subject.trim() === '' && template.subject ? { subject: template.subject } : {}),
    })
    area.current?.focus()
  }

  return (
    <>
      <TemplateChoice templates={templates} onPick={take} />
      <label class="form-line">
        <span class="form-label">{t('subject')}</span>
        <input
          class="field private"
          type="text"
          dir="auto"
          maxLength={SUBJECT_LENGTH}
          value={subject}
          onInput={(event) => editor.change({ subject: event.currentTarget.value })}
        />
      </label>
      <label class="form-line">
        <span class="form-label">{t('text')}</span>
        <textarea
          ref={area}
          class="field rule-area private"
          dir="auto"
          rows={8}
          value={text}
          onInput={(event) => editor.change({ text: event.currentTarget.value })}
        />
      </label>
      <FieldButtons
        onInsert={(field) => area.current && editor.change({ text: insertAt(area.current, field) })}
      />
      <StatusNote>{unknown.map((name) => t('fieldUnknown', `{${name}}`)).join(' ')}</StatusNote>
    </>
  )
}
