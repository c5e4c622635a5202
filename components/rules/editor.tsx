import { useEffect, useId, useRef } from 'preact/hooks'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { TroubleBar } from '../common/bar.tsx'
import { ConfirmButton } from '../common/confirm-button.tsx'
import { SignatureField } from '../common/signature-field.tsx'
import type { RuleEditor } from '../models/rule-editor.ts'
import type { EditorState } from '../models/rule-saving.ts'
import type { TeacherModel } from '../models/teacher.ts'
import { AudienceFields } from './audience-fields.tsx'
import { BackButton } from './back-button.tsx'
import { ShareField } from './share-field.tsx'
import { TextField } from './text-field.tsx'
import { WhenFields } from './when-fields.tsx'

const STATES = {
  untouched: undefined,
  changed: 'savingSoon',
  saved: 'ruleKept',
  unsaved: 'draftUnsaved',
} as const satisfies Record<EditorState, TextKey | undefined>

interface Props {
  editor: RuleEditor
  account: AccountView
  model: TeacherModel
  onBack: () => void
}

function CourseField({ editor, account }: Pick<Props, 'editor' | 'account'>) {
  return (
    <label class="form-line">
      <span class="form-label">{t('course')}</span>
      <select
        class="field"
        value={editor.draft.value.courseId ?? ''}
        onChange={({ currentTarget: { value } }) =>
          editor.setCourse(value === '' ? undefined : Number(value))
        }
      >
        <option value="">{t('noCourse')}</option>
        {account.courses.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

function PageField({ editor }: Pick<Props, 'editor'>) {
  const { about } = editor.draft.value
  const listed = editor.choices.value?.pages ?? []
  const pages = about && !listed.some(({ url }) => url === about.url) ? [about, ...listed] : listed
  if (pages.length === 0) return null
  return (
    <label class="form-line">
      <span class="form-label">{t('aboutPage')}</span>
      <select
        class="field"
        value={about?.url ?? ''}
        onChange={({ currentTarget: { value } }) =>
          editor.set({ about: pages.find(({ url }) => url === value) })
        }
      >
        <option value="">{t('theCourse')}</option>
        {pages.map(({ url, name }) => (
          <option key={url} value={url}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

function Signature({ editor, account }: Pick<Props, 'editor' | 'account'>) {
  const { courseId } = editor.draft.value
  const id = useId()
  if (courseId === undefined) return null
  return (
    <div class="form-line" key={courseId}>
      <label class="form-label" for={id}>
        {t('signature')}
      </label>
      <div>
        <SignatureField id={id} value={account.signatures?.[courseId]} onChange={editor.setSignature} />
      </div>
    </div>
  )
}

function NoAnswer({ editor }: Pick<Props, 'editor'>) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={!editor.draft.value.repliesExpected}
        onChange={(event) => editor.change({ repliesExpected: !event.currentTarget.checked })}
      />
      <span>
        {t('noAnswerExpected')} <small>{t('noAnswerExpectedMeans')}</small>
      </span>
    </label>
  )
}

/** Stored as it is written; nothing of it is sent before its preview. */
export function Editor({ editor, account, model, onBack }: Props) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    editor.begin()
    title.current?.focus({ preventScroll: true })
    const save = () => void editor.save()
    globalThis.addEventListener('pagehide', save)
    return () => {
      globalThis.removeEventListener('pagehide', save)
      editor.stop()
    }
  }, [editor])
  useEffect(() => model.templates.watch(), [model])
  const words = STATES[editor.state.value]
  const ruleId = editor.ruleId.value
  const preview = async () => {
    await editor.save()
    const stored = editor.ruleId.value
    if (stored !== undefined && editor.state.value !== 'unsaved')
      model.preview({ accountId: editor.accountId, ruleId: stored })
  }
  return (
    <section class="section rule-page">
      <BackButton onBack={onBack} />
      <h2 tabIndex={-1} ref={title}>
        {t('rule')}
      </h2>
      <TroubleBar
        trouble={editor.trouble.value}
        siteUrl={account.wwwroot}
        onTryAgain={() => void editor.loadChoices()}
      />
      <form
        class="rule-form"
        onSubmit={(event) => {
          event.preventDefault()
          void preview()
        }}
      >
        <CourseField editor={editor} account={account} />
        <AudienceFields editor={editor} />
        <TextField editor={editor} templates={model.templates.templates.value ?? []} />
        <Signature editor={editor} account={account} />
        <PageField editor={editor} />
        <NoAnswer editor={editor} />
        <WhenFields editor={editor} />
        <ShareField editor={editor} account={account} />
        <div class="rule-deeds">
          <button type="submit" class="button button-main" disabled={!editor.isReady.value}>
            {t('toPreview')}
          </button>
          {ruleId !== undefined && editor.isDraft && (
            <ConfirmButton
              class="button"
              words={t('discardRule')}
              sure={t('discardRuleSure')}
              onConfirm={() => void model.discard({ accountId: editor.accountId, ruleId })}
            />
          )}
          <span role="status" class="hint">
            {words && t(words)}
          </span>
        </div>
      </form>
    </section>
  )
}
