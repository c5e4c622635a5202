import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import { isShortcut } from '../common/shortcut.ts'
import type { SearchModel } from '../models/search.ts'

/** 🔍, or "/" anywhere in the panel but where somebody writes. The focus comes back here. */
export function SearchButton({ search, hasKey = true }: { search: SearchModel; hasKey?: boolean }) {
  const frame = useRef<HTMLSpanElement>(null)
  const wasOpen = useRef(false)
  const isOpen = search.isOpen.value

  useEffect(() => {
    const root = frame.current?.getRootNode()
    const onKey = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== '/' || !hasKey || !isShortcut(event)) return
      event.preventDefault()
      search.isOpen.value = true
    }
    root?.addEventListener('keydown', onKey)
    return () => root?.removeEventListener('keydown', onKey)
  }, [search, hasKey])

  useLayoutEffect(() => {
    if (wasOpen.current && !isOpen) frame.current?.querySelector('button')?.focus()
    wasOpen.current = isOpen
  }, [isOpen])

  return (
    <span class="search-button" ref={frame}>
      <IconButton
        icon="search"
        label={t('search')}
        aria-expanded={isOpen}
        onClick={() => {
          if (isOpen) search.close()
          else search.isOpen.value = true
        }}
      />
    </span>
  )
}
