import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { ListPane } from '../dialogue-list/list-pane.tsx'
import type { DeskModel, Route } from '../models/desk.ts'
import { refKey } from '../models/ref.ts'
import { NewPane } from '../recipients/new-pane.tsx'
import { Sheets } from '../sheets/sheets.tsx'
import { ThreadPane } from '../thread/thread-pane.tsx'
import { useKeys } from './use-keys.ts'

interface Props {
  desk: DeskModel
  /** Buttons at the end of the head: the panel's ✕. */
  children?: ComponentChildren
}

function Side({ desk, children }: Props) {
  const route = desk.route.value
  if (route.level === 'dialogue') {
    const { answer } = route
    return (
      <ThreadPane key={refKey(answer.thread.ref)} desk={desk} answer={answer}>
        {children}
      </ThreadPane>
    )
  }
  if (route.level === 'new') {
    return (
      <NewPane key={route.compose.id} desk={desk} compose={route.compose}>
        {children}
      </NewPane>
    )
  }
  return <p class="nothing-open">{t('chooseDialogue')}</p>
}

/** Back in the list, the focus is where it came from: the row, or "New". */
function useReturn(level: Route['level']) {
  const frame = useRef<HTMLDivElement>(null)
  const before = useRef(level)
  useLayoutEffect(() => {
    const from = before.current
    before.current = level
    if (level !== 'list' || from === 'list') return
    const back = from === 'new' ? '[data-action=new]' : '.row[tabindex="0"]'
    frame.current?.querySelector<HTMLElement>(back)?.focus()
  }, [level])
  return frame
}

/** Two levels: one over the other where it is narrow, side by side where it is wide. */
export function Desk({ desk, children }: Props) {
  const frame = useReturn(desk.route.value.level)
  useKeys(desk, frame)
  if (desk.connection.lost.value) {
    return (
      <div class="desk-lost" role="alert">
        <p>{t('reloadPage')}</p>
        <button type="button" class="button button-main" onClick={() => location.reload()}>
          {t('reload')}
        </button>
        {children}
      </div>
    )
  }
  return (
    <div class="desk" ref={frame} data-level={desk.shown.value} data-hidden={desk.settings.value.hidden}>
      <div class="desk-list">
        <ListPane desk={desk}>{children}</ListPane>
      </div>
      <div class="desk-side">
        <Side desk={desk}>{children}</Side>
      </div>
      <Sheets desk={desk} />
      <div class="unseen" role="status" aria-live="polite">
        {/* The same words twice are said twice. */}
        <span key={desk.announcement.value.turn}>{desk.announcement.value.words}</span>
      </div>
    </div>
  )
}
