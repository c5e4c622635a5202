import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import {
  type OwnTemplate,
  shortcutAt,
  type TypedShortcut,
  withShortcut,
} from '../../lib/dialogue/own-template.ts'
import { type FieldValues, fieldsIn, fill } from '../../lib/dialogue/template.ts'
import { t } from '../../lib/extension/text.ts'
import { StatusNote } from '../common/status-note.tsx'
import type { DraftModel } from '../models/draft.ts'
import { insert } from './mark.ts'

const SHOWN = 6

export interface Shortcuts {
  matches: OwnTemplate[]
  active: number
  /** After each change of the text. */
  look: () => void
  close: () => void
  pick: (template: OwnTemplate) => void
  onKey: (event: KeyboardEvent) => void
}

function filled({ text, subject }: OwnTemplate, values: FieldValues | undefined) {
  const as = (words: string) => (values ? fill(words, values).text : words)
  return { text: as(text), ...(subject === undefined ? {} : { subject: as(subject) }) }
}

/**
 * `/name` brings in a template. `values`: what its fields say in a dialogue with one person; without them they stay as
 * they are, for each of several people.
 */
export function useShortcuts(
  draft: Omit<DraftModel, 'send'>,
  field: RefObject<HTMLTextAreaElement | null>,
  values: FieldValues | undefined,
): Shortcuts {
  const [templates, setTemplates] = useState<OwnTemplate[] | undefined>()
  const [typed, setTyped] = useState<TypedShortcut | undefined>()
  const [active, setActive] = useState(0)
  const matches = typed && templates ? withShortcut(templates, typed.typed).slice(0, SHOWN) : []

  function look(): void {
    const area = field.current
    const found = area ? shortcutAt(area.value, area.selectionEnd) : undefined
    setTyped(found)
    setActive(0)
    if (found && !templates) void draft.templates().then(setTemplates)
  }

  function pick(template: OwnTemplate): void {
    const area = field.current
    if (!area || !typed) return
    const { text, subject } = filled(template, values)
    area.setSelectionRange(typed.from, area.selectionEnd)
    insert(area, text)
    setTyped(undefined)
    const isUnnamed = draft.draft.value.conversationKey === undefined && !draft.draft.value.subject?.trim()
    draft.change({ text: area.value, ...(subject !== undefined && isUnnamed ? { subject } : {}) })
  }

  function onKey(event: KeyboardEvent): void {
    if (matches.length === 0 || event.target !== field.current || event.isComposing) return
    const by = { ArrowDown: 1, ArrowUp: matches.length - 1 }[event.key]
    const chosen = event.key === 'Enter' || event.key === 'Tab' ? matches[active] : undefined
    if (by === undefined && !chosen && event.key !== 'Escape') return
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    event.stopPropagation()
    if (by !== undefined) setActive((active + by) % matches.length)
    else if (chosen) pick(chosen)
    else setTyped(undefined)
  }

  return { matches, active, look, pick, onKey, close: () => setTyped(undefined) }
}

/** The list above the field; focus stays in the field. */
export function ShortcutList({ id, shortcuts }: { id: string; shortcuts: Shortcuts }) {
  const { matches, active, pick } = shortcuts
  if (matches.length === 0) return null
  return (
    <div class="shortcuts" id={id} role="listbox" tabIndex={-1} aria-label={t('shortcutPicks')}>
      {matches.map((template, at) => (
        <button
          key={template.id}
          id={`${id}-${at}`}
          type="button"
          class="option"
          role="option"
          tabIndex={-1}
          data-active={at === active}
          aria-selected={at === active}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => pick(template)}
        >
          <bdi>{template.name}</bdi> <small dir="ltr">/{template.shortcut}</small>
        </button>
      ))}
      <p class="shortcuts-hint">{t('shortcutHint')}</p>
    </div>
  )
}

/** In a dialogue with one person a field is only what stands there. */
export function UnknownFields({ text, isForOne }: { text: string; isForOne: boolean }) {
  const { known } = fieldsIn(isForOne ? text : '')
  return (
    <StatusNote>
      {known.length > 0 && t('fieldsStay', known.map((name) => `{${name}}`).join(', '))}
    </StatusNote>
  )
}
