import { useEffect, useRef, useState } from 'preact/hooks'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { useDrawn } from '../common/drawn.ts'
import { useFound } from '../search/use-found.ts'
import { type Block, inBlocks } from './blocks.ts'
import { Entry, type EntryDeeds } from './entry.tsx'
import { MessageBlock } from './message-block.tsx'
import { type Chosen, type MessageDeeds, MessageMenu } from './message-menu.tsx'
import { useOneStop } from './one-stop.ts'
import { useScreenfulFirst } from './screenful.ts'
import { useThreadScroll } from './scroll.ts'

interface Props extends EntryDeeds, MessageDeeds {
  view: ThreadView
  wwwroot: string
  isReadingOlder: boolean
  /** A message that was looked for. */
  found: { id: number } | undefined
  onOlder: () => void
}

export function Messages({ view, wwwroot, isReadingOlder, found, onOlder, ...deeds }: Props) {
  const [chosen, setChosen] = useState<Chosen | undefined>()
  const shown = useScreenfulFirst(view, found !== undefined)
  const { messages, entries, firstUnreadId, older } = shown
  const drawn = useDrawn<Block>()
  const blocks = useRef<Block[]>([])
  blocks.current = inBlocks(messages, blocks.current)
  const scroll = useThreadScroll(shown)
  useFound(scroll.scroller, found)
  const oneStop = useOneStop(scroll.scroller)
  const top = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!top.current || !older) return
    const near = new IntersectionObserver(
      (seen) => {
        if (seen.some((entry) => entry.isIntersecting)) onOlder()
      },
      { root: scroll.scroller.current, rootMargin: '300px 0px 0px' },
    )
    near.observe(top.current)
    return () => near.disconnect()
  }, [older, messages[0]?.id, onOlder])

  return (
    <div class="thread-frame">
      {/* A scroller without a stop cannot be scrolled by keyboard. */}
      <div
        class="thread-scroll"
        role="log"
        aria-live="off"
        aria-label={t('messages')}
        tabIndex={0}
        ref={scroll.scroller}
        {...oneStop}
      >
        <div class="thread-top" ref={top}>
          {isReadingOlder && t('readingOlder')}
          {older && !isReadingOlder && (
            <button type="button" class="text-button" onClick={onOlder}>
              {t('olderMessages')}
            </button>
          )}
        </div>
        {blocks.current.map((block) =>
          drawn(block, [firstUnreadId, wwwroot].join(), () => (
            <MessageBlock
              key={block.messages[0]?.id}
              block={block}
              firstUnreadId={firstUnreadId}
              wwwroot={wwwroot}
              onMenu={setChosen}
            />
          )),
        )}
        {entries.map((entry) => (
          <Entry key={entry.key} entry={entry} wwwroot={wwwroot} {...deeds} />
        ))}
      </div>
      <MessageMenu
        chosen={chosen}
        canAnswer={view.canAnswer}
        onClosed={() => setChosen(undefined)}
        {...deeds}
      />
      {scroll.isAway && (
        <button type="button" class="jump" onClick={scroll.toEnd}>
          {t('toNewest')}
        </button>
      )}
    </div>
  )
}
