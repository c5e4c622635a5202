import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import type { MarkupKind } from '../../lib/dialogue/apply-markup.ts'
import type { About } from '../../lib/dialogue/draft.ts'
import type { FieldValues } from '../../lib/dialogue/template.ts'
import type { Settings } from '../../lib/extension/settings.ts'
import { t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import type { DraftModel } from '../models/draft.ts'
import { Editor } from './editor.tsx'
import { FileNote } from './file-note.tsx'
import { LinkField } from './link-field.tsx'
import { isInLink, mark } from './mark.ts'
import { OtherWords } from './other-words.tsx'
import { ShortcutList, UnknownFields, useShortcuts } from './shortcuts.tsx'
import { Status } from './status.tsx'
import { markupOfKey, Tools } from './tools.tsx'

interface Props {
  draft: Omit<DraftModel, 'send'>
  /** "Write to Anna…" */
  label: string
  /** "Send to Anna Weber" */
  sendLabel: string
  canSend: boolean
  settings: Settings
  /** The course to put files into. */
  courseUrl: string | undefined
  /** What a template's fields say; absent for several people, for each of whom they say something else. */
  values?: FieldValues | undefined
  /** What stands under the messages that begin a dialogue in this course. */
  signature?: string | undefined
  onSend: () => void
  /** Asks for the time. */
  onLater?: () => void
  children?: ComponentChildren
}

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '')

function sendTitle(sendLabel: string, { sendWith }: Settings): string {
  if (sendWith === 'enter') return `${sendLabel} (⏎)`
  return `${sendLabel} (${isApple ? '⌘⏎' : t('ctrlEnter')})`
}

function AboutChip({ about, onRemove }: { about: About; onRemove: () => void }) {
  return (
    <p class="about">
      <span class="about-words private">{t('about', about.name)}</span>
      <IconButton icon="close" label={t('removeAbout', about.name)} onClick={onRemove} />
    </p>
  )
}

/** Just as it will be sent; one click leaves it out. */
function Signature({ draft, words }: { draft: Props['draft']; words: string }) {
  const { signature } = draft.draft.value
  return (
    <div class="signature">
      <label class="check">
        <input
          type="checkbox"
          checked={Boolean(signature)}
          onChange={(event) => draft.change({ signature: event.currentTarget.checked ? words : '' })}
        />
        <span>{t('withSignature')}</span>
      </label>
      {signature && (
        <p class="private" dir="auto">
          {signature}
        </p>
      )}
    </div>
  )
}

/** Bound to one draft, and through it to one person, from the first keystroke. */
export function Composer({
  draft,
  label,
  sendLabel,
  settings,
  courseUrl,
  values,
  signature,
  onSend,
  onLater,
  children,
  ...props
}: Props) {
  const canSend = props.canSend && !draft.other.value
  const field = useRef<HTMLTextAreaElement>(null)
  const statusId = useId()
  const [hasFile, setHasFile] = useState(false)
  const [isLinking, setLinking] = useState(false)
  const { about, text } = draft.draft.value
  useEffect(() => {
    const save = () => void draft.save()
    globalThis.addEventListener('pagehide', save)
    return () => {
      globalThis.removeEventListener('pagehide', save)
      save()
    }
  }, [draft])
  const shortcuts = useShortcuts(draft, field, values)
  const listId = useId()
  const send = () => canSend && onSend()
  const use = (markup: MarkupKind) => {
    if (!field.current) return
    if (markup === 'link' && !isInLink(field.current)) setLinking(true)
    else draft.change({ text: mark(field.current, markup) })
  }
  const link = (url: string) => {
    if (field.current) draft.change({ text: mark(field.current, 'link', url) })
  }

  return (
    <form
      class="composer"
      data-state={draft.state.value}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
      onKeyDownCapture={shortcuts.onKey}
      onKeyDown={(event) => {
        const markup = markupOfKey(event)
        if (!markup || event.target !== field.current) return
        event.preventDefault()
        use(markup)
      }}
    >
      {children}
      <div class="composer-top">
        {about && <AboutChip about={about} onRemove={draft.removeAbout} />}
        <Status id={statusId} state={draft.state.value} size={draft.size.value} />
      </div>
      <OtherWords draft={draft} />
      <div class="status-note" role="status">
        {hasFile && <FileNote courseUrl={courseUrl} onClose={() => setHasFile(false)} />}
      </div>
      <UnknownFields text={text} isForOne={values !== undefined} />
      <ShortcutList id={listId} shortcuts={shortcuts} />
      <Editor
        field={field}
        text={text}
        isLocked={draft.state.value === 'sending'}
        label={label}
        describedBy={statusId}
        activeId={shortcuts.matches.length > 0 ? `${listId}-${shortcuts.active}` : undefined}
        sendWith={settings.sendWith}
        onText={(value) => {
          draft.change({ text: value })
          shortcuts.look()
        }}
        onLeave={() => {
          shortcuts.close()
          void draft.save()
        }}
        onSend={send}
        onFiles={() => setHasFile(true)}
      />
      {signature && <Signature draft={draft} words={signature} />}
      {isLinking && <LinkField field={field} onLink={link} onDone={() => setLinking(false)} />}
      <div class="composer-foot">
        <Tools onUse={use} />
        <span class="leaving">
          {onLater && (
            <IconButton icon="clock" label={t('sendLater')} disabled={!canSend} onClick={onLater} />
          )}
          <button
            type="submit"
            class="button button-main send"
            disabled={!canSend}
            title={sendTitle(sendLabel, settings)}
          >
            <span class="private">{sendLabel}</span>
          </button>
        </span>
      </div>
    </form>
  )
}
