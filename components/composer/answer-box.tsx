import type { FieldValues } from '../../lib/dialogue/template.ts'
import type { ThreadView } from '../../lib/dialogue/views.ts'
import { t } from '../../lib/extension/text.ts'
import { useFocusKept } from '../common/focus.ts'
import { othersText, shortName } from '../common/people.ts'
import { StatusNote } from '../common/status-note.tsx'
import { dayText } from '../common/times.ts'
import { troubleWords } from '../common/trouble-words.ts'
import type { AnswerModel } from '../models/answer.ts'
import type { DeskModel } from '../models/desk.ts'
import { leavesWords } from '../thread/entry-words.ts'
import { Composer } from './composer.tsx'
import { valuesFor } from './field-values.ts'
import { PlaceNote } from './place-note.tsx'

interface Props {
  desk: DeskModel
  answer: AnswerModel
  view: ThreadView
}

interface NoAnswerProps {
  view: ThreadView
  onNew: () => void
  onReopen: () => void
}

function NoAnswer({ view, onNew, onReopen }: NoAnswerProps) {
  const part = useFocusKept()
  return (
    <div class="no-answer" role="note" ref={part}>
      <p>{noAnswerWords(view)}</p>
      {view.state === 'closed' && (
        <button type="button" class="button" onClick={onReopen}>
          {t('reopen')}
        </button>
      )}
      <button type="button" class="button" onClick={onNew}>
        {t('writeAnother')}
      </button>
    </div>
  )
}

function noAnswerWords(view: ThreadView): string {
  if (view.state === 'closed' && view.closedBy) {
    return t('closedBy', view.closedBy.name, dayText(view.closedBy.time))
  }
  if (view.state === 'closed') return t('closedDialogue')
  if (view.noAnswerExpected) return t('noAnswerExpectedHere')
  return troubleWords(view.trouble)
}

function courseUrlOf(desk: DeskModel, view: ThreadView): string | undefined {
  const root = desk.accounts.value.find(({ id }) => id === view.ref.accountId)?.wwwroot
  return root && view.course && `${root}/course/view.php?id=${view.course.id}`
}

function valuesOf(desk: DeskModel, { kind, people, course, about, ref }: ThreadView): FieldValues {
  const [to] = people
  const account = desk.accounts.value.find(({ id }) => id === ref.accountId)
  return kind === 'individual' && to ? valuesFor({ to, account, course, about }) : {}
}

/** Where an answer is written, or why none can be. */
export function AnswerBox({ desk, answer, view }: Props) {
  const draft = answer.draft.value
  if (!view.canAnswer || !draft) {
    const reopen = () => {
      desk.deeds.sheet.value = { kind: 'close', does: 'reopen' }
    }
    const onNew = () => desk.writeNew(view.ref.accountId)
    return view.canAnswer ? null : <NoAnswer view={view} onNew={onNew} onReopen={reopen} />
  }
  const canSend = !draft.isBlank.value && !draft.isTooLong.value && draft.state.value !== 'sending'
  const send = async (sendAt?: number) => {
    if (await answer.send(sendAt)) desk.announce(leavesWords(sendAt))
  }
  return (
    <Composer
      draft={draft}
      label={t('writeTo', shortName(view))}
      sendLabel={t('sendTo', othersText(view))}
      canSend={canSend}
      settings={desk.settings.value}
      courseUrl={courseUrlOf(desk, view)}
      values={valuesOf(desk, view)}
      onSend={() => void send()}
      onLater={() => desk.deeds.sendLater(send)}
    >
      {answer.notSent.value && (
        <p class="note" role="alert">
          {t('notSent', troubleWords(answer.notSent.value.trouble))}
        </p>
      )}
      <StatusNote>{view.trouble && troubleWords(view.trouble)}</StatusNote>
      <PlaceNote
        desk={desk}
        to={othersText(view)}
        personId={view.people[0]?.id}
        hasText={!draft.isBlank.value}
      />
    </Composer>
  )
}
