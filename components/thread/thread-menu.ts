import { GENERAL } from '../../lib/dialogue/dialogue.ts'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import type { MenuItem } from '../common/menu.tsx'
import type { AnswerModel } from '../models/answer.ts'
import type { Sheet } from '../models/deeds.ts'
import type { DeskModel } from '../models/desk.ts'

/** What the menu of a dialogue offers. */
export function threadMenu(desk: DeskModel, answer: AnswerModel, view: ThreadView): MenuItem[] {
  const { deeds } = desk
  const { thread } = answer
  const { ref } = view
  const show = (sheet: Sheet) => () => {
    deeds.sheet.value = sheet
  }
  return [
    ...ownItems(desk, view, show),
    ...(view.state === 'open' && ref.dialogueId !== GENERAL && view.kind !== 'self'
      ? [{ words: t('closeForBothAsk'), onChoose: show({ kind: 'close', does: 'close' }) }]
      : []),
    {
      words: view.isFavourite ? t('unfavourite') : t('makeFavourite'),
      onChoose: () => thread.favourite(!view.isFavourite),
    },
    { words: view.isMuted ? t('unmute') : t('mute'), onChoose: () => thread.mute(!view.isMuted) },
    { words: t('export'), onChoose: () => deeds.writeOut([ref]) },
    {
      words: t('deleteAsk'),
      onChoose: show({ kind: 'delete', ref, mayForAll: false }),
    },
  ]
}

type Show = (sheet: Sheet) => () => void

/** Marks for one's own eyes. */
function ownItems(desk: DeskModel, view: ThreadView, show: Show): MenuItem[] {
  const { deeds, isOwnPage } = desk
  const { ref, isDone, snoozedUntil } = view
  const unread = async () => {
    await deeds.mark([ref], { unreadAgain: true })
    desk.back()
  }
  const done = async () => {
    await deeds.done([ref], !isDone)
    if (!isDone) desk.back()
  }
  return [
    { words: isDone ? t('notDoneAgain') : t('done'), onChoose: done },
    { words: t('markUnread'), onChoose: unread },
    snoozedUntil === undefined
      ? { words: t('putOffAsk'), onChoose: show({ kind: 'snooze', refs: [ref] }) }
      : { words: t('putOffNoMore'), onChoose: () => deeds.snooze([ref], null) },
    {
      words: t('ownMarksAsk'),
      onChoose: isOwnPage ? show({ kind: 'marks', ref }) : () => deeds.toInbox(ref),
    },
  ]
}
