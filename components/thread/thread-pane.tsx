import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { TroubleBar } from '../common/bar.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { StatusNote } from '../common/status-note.tsx'
import { AnswerBox } from '../composer/answer-box.tsx'
import { Skeleton } from '../dialogue-list/empty.tsx'
import type { AnswerModel } from '../models/answer.ts'
import type { DeskModel } from '../models/desk.ts'
import { Messages } from './messages.tsx'
import { ThreadHead } from './thread-head.tsx'
import { threadMenu } from './thread-menu.ts'

function linkTo({ about, ref }: ThreadView): string | undefined {
  return about && `${about.url.replace(/#.*$/s, '')}#dialogue=${ref.dialogueId}`
}

/** Tells of the first press or key of the person in this pane. */
function useGesture(onGesture: () => void) {
  const pane = useRef<HTMLElement>(null)
  useEffect(() => {
    const stop = new AbortController()
    for (const name of ['pointerdown', 'keydown'])
      pane.current?.addEventListener(name, onGesture, { signal: stop.signal })
    return () => stop.abort()
  })
  return pane
}

interface Props {
  desk: DeskModel
  answer: AnswerModel
  children?: ComponentChildren
}

export function ThreadPane({ desk, answer, children }: Props) {
  const { thread } = answer
  const pane = useGesture(thread.touched)
  const view = thread.view.value
  const wwwroot = desk.accounts.value.find(({ id }) => id === thread.ref.accountId)?.wwwroot ?? ''
  if (!view) {
    if (thread.isAwaited.value) return null
    return (
      <section class="pane thread-pane">
        <div class="head">
          <IconButton icon="back" label={t('back')} onClick={desk.back} />
          <h2 class="head-title">{thread.isMissing.value ? t('missingDialogue') : t('reading')}</h2>
          {children}
        </div>
        <StatusNote class="unseen">{thread.isMissing.value && t('missingDialogue')}</StatusNote>
        {!thread.isMissing.value && <Skeleton />}
      </section>
    )
  }
  const link = linkTo(view)
  const copy = async (words: string) => {
    await navigator.clipboard.writeText(words)
    desk.announce(t('copied'))
  }
  return (
    <section class="pane thread-pane" ref={pane}>
      <ThreadHead
        view={view}
        items={[
          ...(link === undefined ? [] : [{ words: t('copyLink'), onChoose: () => copy(link) }]),
          ...threadMenu(desk, answer, view),
        ]}
        onBack={desk.back}
        onPerson={(userId) => {
          desk.deeds.sheet.value = { kind: 'person', accountId: view.ref.accountId, userId }
        }}
      >
        {children}
      </ThreadHead>
      <TroubleBar trouble={view.sync.trouble} siteUrl={wwwroot} onTryAgain={() => thread.refresh()} />
      <Messages
        view={view}
        wwwroot={wwwroot}
        isReadingOlder={thread.isReadingOlder.value}
        found={thread.found.value}
        onOlder={thread.older}
        onTakeBack={(key) => desk.takeBack(answer, key)}
        onDrop={(key) => thread.drop(key)}
        onSendNow={(key) => thread.sendNow(key)}
        onSettle={(key, arrived) => thread.settle(key, arrived)}
        onCopied={() => desk.announce(t('copied'))}
        onQuote={(words) => {
          answer.quote(words)
          pane.current?.querySelector<HTMLElement>('.editor')?.focus()
        }}
        onCopy={copy}
        onMove={(messageId) => {
          desk.deeds.sheet.value = { kind: 'move', ref: view.ref, messageId }
        }}
        onDelete={(messageId) => {
          const { ref, mayDeleteForAll: mayForAll } = view
          desk.deeds.sheet.value = { kind: 'delete', ref, messageIds: [messageId], mayForAll }
        }}
        onTryAgain={() => thread.refresh()}
      />
      <AnswerBox desk={desk} answer={answer} view={view} />
    </section>
  )
}
