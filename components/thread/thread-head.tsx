import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import { Menu } from '../common/menu.tsx'
import { othersText, placeText, titleOf } from '../common/people.ts'
import { refKey } from '../models/ref.ts'

interface Props {
  view: ThreadView
  onBack: () => void
  onMute: () => void
  onFavourite: () => void
  onCopyLink: (() => void) | undefined
  children?: ComponentChildren
}

function ReadersLine({ kind }: Pick<ThreadView, 'kind'>) {
  const words = { individual: t('readersTwo'), group: t('readersGroup'), self: t('readersSelf') }[kind]
  return (
    <details class="readers">
      <summary>{words}</summary>
      <p>{t('readersMore')}</p>
    </details>
  )
}

export function ThreadHead({ view, onBack, onMute, onFavourite, onCopyLink, children }: Props) {
  const title = useRef<HTMLHeadingElement>(null)
  const key = refKey(view.ref)
  useEffect(() => title.current?.focus({ preventScroll: true }), [key])
  const place = placeText(view)
  const items = [
    { words: view.isFavourite ? t('unfavourite') : t('makeFavourite'), onChoose: onFavourite },
    { words: view.isMuted ? t('unmute') : t('mute'), onChoose: onMute },
    ...(onCopyLink ? [{ words: t('copyLink'), onChoose: onCopyLink }] : []),
  ]
  return (
    <header class="thread-head">
      <div class="head">
        <IconButton icon="back" label={t('back')} class="icon-button back" onClick={onBack} />
        <h2 class="head-title private" dir="auto" tabIndex={-1} ref={title}>
          {titleOf(view)}
        </h2>
        <Menu label={t('more')} items={items} />
        {children}
      </div>
      <p class="thread-with">
        <span class="private">
          {view.subject !== undefined && t('with', othersText(view))}
          {view.subject !== undefined && place && ' · '}
          {view.about ? (
            <a href={view.about.url} target="_top">
              {place}
            </a>
          ) : (
            place
          )}
        </span>
      </p>
      <ReadersLine kind={view.kind} />
    </header>
  )
}
