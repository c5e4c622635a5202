import { useEffect, useRef, useState } from 'preact/hooks'
import type { ExportedDialogue } from '../../lib/dialogue/export.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { saveFile } from '../common/save-file.ts'
import { StatusNote } from '../common/status-note.tsx'
import { nowSeconds } from '../common/times.ts'
import { asHtml, paperOf } from './as-html.ts'
import { asJson } from './as-json.ts'
import { asMarkdown } from './as-markdown.ts'
import { fileName } from './save.ts'

interface Props {
  /** Undefined where the worker is out of reach. */
  read: () => Promise<ExportedDialogue[] | undefined>
}

const FORMS = [
  { words: 'exportHtml', end: 'html', type: 'text/html', make: asHtml },
  { words: 'exportMarkdown', end: 'md', type: 'text/markdown', make: asMarkdown },
  { words: 'exportJson', end: 'json', type: 'application/json', make: asJson },
] as const

function Paper({ dialogues, now }: { dialogues: ExportedDialogue[]; now: number }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.replaceChildren(paperOf(dialogues, now)), [dialogues, now])
  return <div ref={place} />
}

/** Dialogues as they leave this computer: to be looked at first, then printed or saved. */
export function ExportPage({ read }: Props) {
  const [dialogues, setDialogues] = useState<ExportedDialogue[] | undefined>()
  const [isLost, setLost] = useState(false)
  const [now] = useState(nowSeconds)
  useEffect(() => {
    read().then((found) => (found ? setDialogues(found) : setLost(true)))
  }, [read])
  if (isLost) return <p class="empty">{t('exportNothing')}</p>
  if (!dialogues) return <StatusNote class="empty">{t('exportReading')}</StatusNote>
  return (
    <>
      <header class="export-head">
        <p class="export-words">{plural('exportDialogues', dialogues.length)}</p>
        <button type="button" class="button button-main" onClick={() => print()}>
          {t('print')}
        </button>
        {FORMS.map(({ words, end, type, make }) => (
          <button
            key={end}
            type="button"
            class="button"
            onClick={async () => saveFile(fileName(dialogues, now, end), type, await make(dialogues, now))}
          >
            {t(words)}
          </button>
        ))}
      </header>
      <Paper dialogues={dialogues} now={now} />
    </>
  )
}
