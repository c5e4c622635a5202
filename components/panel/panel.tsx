import type { Signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { language, t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import { StatusNote } from '../common/status-note.tsx'
import { troubleWords } from '../common/trouble-words.ts'
import { Skeleton } from '../dialogue-list/empty.tsx'
import type { Content } from './content.ts'
import { Desk } from './desk.tsx'
import { Handle } from './handle.tsx'
import type { PageLook } from './page-look.ts'

export interface PanelProps {
  content: Signal<Content>
  isOpen: Signal<boolean>
  width: Signal<number>
  look: Signal<PageLook>
  onClose: () => void
  onWidthSettled: (px: number) => void
}

function Words({ words, onClose }: { words: string; onClose: () => void }) {
  return (
    <div class="pane">
      <header class="head">
        <h2 class="head-title">{t('dialogues')}</h2>
        <IconButton icon="close" label={t('closePanel')} onClick={onClose} />
      </header>
      <StatusNote class="empty">{words}</StatusNote>
    </div>
  )
}

function Inside({ content, onClose }: { content: Content; onClose: () => void }) {
  switch (content.kind) {
    case 'waiting':
      return <Skeleton />
    case 'not-on':
      return (
        <Words words={content.trouble ? troubleWords(content.trouble) : t('notOnHere')} onClose={onClose} />
      )
    case 'outdated':
      return <Words words={t('reloadPage')} onClose={onClose} />
    case 'desk':
      return (
        <Desk desk={content.desk}>
          <IconButton
            icon="close"
            label={t('closePanel')}
            class="icon-button panel-close"
            onClick={onClose}
          />
        </Desk>
      )
  }
}

function styleOf({ primary, font, size, top }: PageLook, width: number): Record<string, string> {
  return {
    '--width': `${width}px`,
    '--top': `${top}px`,
    '--font': font,
    '--size': size,
    ...(primary ? { '--primary': primary } : {}),
  }
}

export function Panel({ content, isOpen, width, look, onClose, onWidthSettled }: PanelProps) {
  const panel = useRef<HTMLElement>(null)
  useEffect(() => {
    if (isOpen.value) panel.current?.focus({ preventScroll: true })
  }, [isOpen.value])

  function onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return
    if (panel.current?.querySelector(':popover-open, dialog[open]')) return
    event.stopPropagation()
    onClose()
  }

  return (
    <aside
      class="aside panel"
      aria-label={t('dialogues')}
      lang={language()}
      dir={look.value.direction}
      data-theme={look.value.isDark ? 'dark' : undefined}
      hidden={!isOpen.value}
      tabIndex={-1}
      style={styleOf(look.value, width.value)}
      onKeyDown={onKey}
      ref={panel}
    >
      <Handle
        width={width.value}
        isRtl={look.value.direction === 'rtl'}
        onWidth={(px) => {
          width.value = px
        }}
        onSettled={onWidthSettled}
      />
      <div class="desk-frame">
        <Inside content={content.value} onClose={onClose} />
      </div>
    </aside>
  )
}
