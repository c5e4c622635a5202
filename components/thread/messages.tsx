import { Fragment } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { MessageView, ThreadView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { useDrawn } from '../common/drawn.ts'
import { dayOf, dayText } from '../common/times.ts'
import { useFound } from '../search/use-found.ts'
import { Entry, type EntryDeeds } from './entry.tsx'
import { Message } from './message.tsx'
import { type Chosen, type MessageDeeds, MessageMenu } from './message-menu.tsx'
import { useScreenfulFirst } from './screenful.ts'
import { useThreadScroll } from './scroll.ts'

/** Messages this close together share one name. */
const SEQUEL_SECONDS = 300

function isSequel(message: MessageView, before: MessageView | undefined): boolean {
  if (!before || before.authorId !== message.authorId) return false
  return message.timeCreated - before.timeCreated < SEQUEL_SECONDS && !before.does
}

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
  const drawn = useDrawn<MessageView>()
  const scroll = useThreadScroll(shown)
  useFound(scroll.scroller, found)
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
      >
        <div class="thread-top" ref={top}>
          {isReadingOlder && t('readingOlder')}
          {older && !isReadingOlder && (
            <button type="button" class="text-button" onClick={onOlder}>
              {t('olderMessages')}
            </button>
          )}
        </div>
        {messages.map((message, index) => {
          const before = messages[index - 1]
          const isNewDay = !before || dayOf(before.timeCreated) !== dayOf(message.timeCreated)
          const isFirstUnread = message.id === firstUnreadId
          const isSame = !isNewDay && !isFirstUnread && isSequel(message, before)
          return drawn(message, [isNewDay, isFirstUnread, isSame, wwwroot].join(), () => (
            <Fragment key={message.id}>
              {isNewDay && (
                <p class="divider">
                  <bdi>{dayText(message.timeCreated)}</bdi>
                </p>
              )}
              {isFirstUnread && <p class="divider divider-new">{t('newDivider')}</p>}
              <Message
                message={message}
                isSequel={isSame}
                wwwroot={wwwroot}
                onMenu={(button) => setChosen({ message, button })}
              />
            </Fragment>
          ))
        })}
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
