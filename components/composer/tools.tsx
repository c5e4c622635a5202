import { useRef } from 'preact/hooks'
import type { MarkupKind } from '../../lib/dialogue/apply-markup.ts'
import { t } from '../../lib/extension/text.ts'
import { Icon, type IconName } from '../common/icon.tsx'

const TOOLS = [
  { markup: 'bold', words: 'bold', letter: 'B', key: 'b' },
  { markup: 'italic', words: 'italic', letter: 'I', key: 'i' },
  { markup: 'quote', words: 'quote', icon: 'quote' },
  { markup: 'list', words: 'list', icon: 'list' },
  { markup: 'code', words: 'code', icon: 'code' },
  { markup: 'link', words: 'link', icon: 'link', key: 'k' },
] as const satisfies { markup: MarkupKind; words: string; letter?: string; icon?: IconName; key?: string }[]

export function markupOfKey(event: KeyboardEvent): MarkupKind | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
  return TOOLS.find((tool) => 'key' in tool && tool.key === event.key)?.markup
}

/** A toolbar: one stop for Tab, arrows within. */
export function Tools({ onUse }: { onUse: (markup: MarkupKind) => void }) {
  const bar = useRef<HTMLDivElement>(null)
  function move(event: KeyboardEvent): void {
    const buttons = [...(bar.current?.querySelectorAll('button') ?? [])]
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    const at = buttons.indexOf(event.target as HTMLButtonElement)
    if (by === undefined || at < 0) return
    event.preventDefault()
    const isRtl = bar.current !== null && getComputedStyle(bar.current).direction === 'rtl'
    buttons[(at + (isRtl ? -by : by) + buttons.length) % buttons.length]?.focus()
  }
  return (
    <div class="tools" role="toolbar" aria-label={t('formatting')} ref={bar} onKeyDown={move}>
      {TOOLS.map((tool, index) => (
        <button
          key={tool.markup}
          type="button"
          class="tool"
          data-markup={tool.markup}
          tabIndex={index === 0 ? 0 : -1}
          aria-label={t(tool.words)}
          title={t(tool.words)}
          onClick={() => onUse(tool.markup)}
        >
          {'letter' in tool ? <span aria-hidden="true">{tool.letter}</span> : <Icon name={tool.icon} />}
        </button>
      ))}
    </div>
  )
}
