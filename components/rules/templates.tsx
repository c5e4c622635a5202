import { useEffect, useState } from 'preact/hooks'
import type { OwnTemplate } from '../../lib/dialogue/own-template.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { ConfirmButton } from '../common/confirm-button.tsx'
import { fileNameOf, saveFile } from '../common/save-file.ts'
import { StatusNote } from '../common/status-note.tsx'
import { nowSeconds } from '../common/times.ts'
import { randomKey } from '../models/ref.ts'
import type { TemplatesModel } from '../models/templates.ts'
import { TemplateForm } from './template-form.tsx'

function Row({ template, onEdit }: { template: OwnTemplate; onEdit: () => void }) {
  return (
    <li>
      <button type="button" class="rule" onClick={onEdit}>
        <span class="rule-title" dir="auto">
          {template.name}
        </span>
        {template.shortcut !== '' && (
          <span class="sent-count" dir="ltr">
            /{template.shortcut}
          </span>
        )}
        <span class="rule-facts template-begin" dir="auto">
          {template.text}
        </span>
      </button>
    </li>
  )
}

function FileDeeds({ model, say }: { model: TemplatesModel; say: (words: string) => void }) {
  async function take(input: HTMLInputElement): Promise<void> {
    const [file] = input.files ?? []
    input.value = ''
    if (!file) return
    const read = await model.fromJson(await file.text())
    if (!read) return say(t('noTemplatesInFile'))
    const left = read.left > 0 ? ` ${plural('templatesLeft', read.left)}` : ''
    say(plural('templatesTaken', read.templates.length) + left)
  }
  return (
    <>
      <label class="button file-button">
        {t('importTemplates')}
        <input
          class="unseen"
          type="file"
          accept=".json,application/json"
          onChange={(event) => void take(event.currentTarget)}
        />
      </label>
      <button
        type="button"
        class="button"
        onClick={() =>
          saveFile(fileNameOf(t('templates'), nowSeconds(), 'json'), 'application/json', model.asJson())
        }
      >
        {t('export')}
      </button>
    </>
  )
}

/** One's own texts to begin with. */
export function Templates({ model }: { model: TemplatesModel }) {
  const [edited, edit] = useState<OwnTemplate | undefined>()
  const [said, say] = useState('')
  useEffect(() => model.watch(), [model])
  const templates = model.templates.value
  const fresh = () => edit({ id: randomKey(), name: '', shortcut: '', text: '' })
  if (edited)
    return <TemplateForm key={edited.id} model={model} template={edited} onDone={() => edit(undefined)} />
  return (
    <>
      <p class="prose">{t('templatesMean')}</p>
      <div class="rule-deeds">
        <button type="button" class="button button-main" onClick={fresh}>
          {t('newTemplate')}
        </button>
        <FileDeeds model={model} say={say} />
        <ConfirmButton
          class="button"
          words={t('restoreStarters')}
          sure={t('restoreStartersSure')}
          onConfirm={() => void model.restore()}
        />
        <span role="status">
          {said}
          {model.removed.value && (
            <>
              {t('templateRemoved', model.removed.value.name)}{' '}
              <button type="button" class="text-button" onClick={() => void model.putBack()}>
                {t('undo')}
              </button>
            </>
          )}
        </span>
      </div>
      <StatusNote class="hint">{!templates && t('reading')}</StatusNote>
      {templates?.length === 0 && <p class="hint">{t('noTemplates')}</p>}
      <ul class="rules" aria-label={t('templates')}>
        {templates?.map((template) => (
          <Row key={template.id} template={template} onEdit={() => edit(template)} />
        ))}
      </ul>
    </>
  )
}
