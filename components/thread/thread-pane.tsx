import type { ComponentChildren } from 'preact'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { TroubleBar } from '../common/bar.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { AnswerBox } from '../composer/answer-box.tsx'
import { Skeleton } from '../dialogue-list/empty.tsx'
import type { AnswerModel } from '../models/answer.ts'
import { leaveAsIs } from '../models/connection.ts'
import type { DeskModel } from '../models/desk.ts'
import { Messages } from './messages.tsx'
import { ThreadHead } from './thread-head.tsx'

function linkTo({ about, ref }: ThreadView): string | undefined {
  return about && `${about.url.replace(/#.*$/s, '')}#dialogue=${ref.dialogueId}`
}

interface Props {
  desk: DeskModel
  answer: AnswerModel
  children?: ComponentChildren
}

export function ThreadPane({ desk, answer, children }: Props) {
  const { thread } = answer
  const view = thread.view.value
  const wwwroot = desk.accounts.value.find(({ id }) => id === thread.ref.accountId)?.wwwroot ?? ''
  if (!view) {
    return (
      <section class="pane thread-pane">
        <div class="head">
          <IconButton icon="back" label={t('back')} onClick={desk.back} />
          <h2 class="head-title">{thread.isMissing.value ? t('missingDialogue') : t('reading')}</h2>
          {children}
        </div>
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
    <section class="pane thread-pane" onPointerDown={thread.touched} onKeyDown={thread.touched}>
      <ThreadHead
        view={view}
        onBack={desk.back}
        onMute={() => thread.mute(!view.isMuted).catch(leaveAsIs)}
        onFavourite={() => thread.favourite(!view.isFavourite).catch(leaveAsIs)}
        onCopyLink={link === undefined ? undefined : () => copy(link)}
      >
        {children}
      </ThreadHead>
      {view.sync.trouble && (
        <TroubleBar trouble={view.sync.trouble} siteUrl={wwwroot} onTryAgain={() => thread.refresh()} />
      )}
      <Messages
        view={view}
        wwwroot={wwwroot}
        isReadingOlder={thread.isReadingOlder.value}
        onOlder={thread.older}
        onTakeBack={answer.takeBack}
        onDrop={(key) => thread.drop(key).catch(leaveAsIs)}
        onSettle={(key, arrived) => thread.settle(key, arrived).catch(leaveAsIs)}
        onCopied={() => desk.announce(t('copied'))}
      />
      <AnswerBox desk={desk} answer={answer} view={view} />
    </section>
  )
}
