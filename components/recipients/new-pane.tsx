import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { AccountField } from '../common/choices.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { nameOf } from '../common/people.ts'
import { troubleWords } from '../common/trouble-words.ts'
import { Composer } from '../composer/composer.tsx'
import { valuesFor } from '../composer/field-values.ts'
import { PlaceNote } from '../composer/place-note.tsx'
import type { DeskModel } from '../models/desk.ts'
import type { NewModel } from '../models/new.ts'
import { leavesWords } from '../thread/entry-words.ts'
import { Copies } from './copies.tsx'
import { CourseChoice, Picker } from './picker.tsx'

const SUBJECT_LENGTH = 120

interface Props {
  desk: DeskModel
  compose: NewModel
  children?: ComponentChildren
}

function Accounts({ desk, compose }: Omit<Props, 'children'>) {
  const accounts = desk.accounts.value
  if (accounts.length < 2 || desk.account.value) return null
  return (
    <AccountField
      place="line"
      words={t('from')}
      accounts={accounts}
      value={compose.draft.value.accountId}
      onChange={desk.writeNew}
    />
  )
}

/** Whom it goes to, for the composer's words. */
function useRecipients({ recipients, draft }: NewModel) {
  const { to } = draft.value
  const count = recipients.getting.value
  if (to)
    return { to, label: t('writeTo', to.fullName.split(/\s+/)[0] ?? ''), sendLabel: t('sendTo', nameOf(to)) }
  if (!recipients.isSeveral.value) return { label: t('writeSomething'), sendLabel: t('send') }
  const people = plural('people', count)
  return { label: t('writeTo', people), sendLabel: t('sendTo', people) }
}

function NoAnswer({ compose }: { compose: NewModel }) {
  // A courtesy that a student has little use for; whoever had ticked it can take it back.
  const isOffered = compose.picker.found.value?.isTeacher || compose.draft.value.repliesExpected === false
  if (!isOffered) return null
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={compose.draft.value.repliesExpected === false}
        onChange={(event) => compose.change({ repliesExpected: !event.currentTarget.checked })}
      />
      <span>
        {t('noAnswerExpected')} <small>{t('noAnswerExpectedMeans')}</small>
      </span>
    </label>
  )
}

function Fields({ desk, compose, account }: Omit<Props, 'children'> & { account: AccountView | undefined }) {
  return (
    <div class="new-fields">
      <Accounts desk={desk} compose={compose} />
      <CourseChoice compose={compose} courses={account?.courses ?? []} />
      <div class="line line-to">
        <span class="line-label">{t('to')}</span>
        <Picker compose={compose} />
      </div>
      {compose.seed?.note && <p class="new-note private">{compose.seed.note}</p>}
      <label class="line">
        <span class="line-label">{t('subject')}</span>
        <input
          class="field private"
          type="text"
          dir="auto"
          maxLength={SUBJECT_LENGTH}
          value={compose.draft.value.subject ?? ''}
          onInput={(event) => compose.change({ subject: event.currentTarget.value })}
        />
      </label>
      <NoAnswer compose={compose} />
    </div>
  )
}

export function NewPane({ desk, compose, children }: Props) {
  const pane = useRef<HTMLElement>(null)
  const id = useId()
  const [trouble, setTrouble] = useState<Trouble | undefined>()
  const { to, label, sendLabel } = useRecipients(compose)
  const courseId = compose.picker.at.value.courseId
  const account = desk.accounts.value.find((one) => one.id === compose.draft.value.accountId)
  useLayoutEffect(() => {
    const isChosen = compose.recipients.chosen.peek().length > 0
    const next = pane.current?.querySelector<HTMLElement>(isChosen ? 'textarea' : '[role=combobox]')
    next?.focus({ preventScroll: true })
  }, [compose])
  const course = account?.courses.find(({ id }) => id === courseId)
  const courseUrl =
    account && courseId !== undefined ? `${account.wwwroot}/course/view.php?id=${courseId}` : undefined
  const signature = account?.signatures?.[courseId ?? 0]
  useLayoutEffect(() => compose.sign(signature), [compose, signature])
  const send = async (sendAt?: number) => {
    const why = await desk.send(compose, sendAt)
    setTrouble(why)
    if (!why) desk.announce(leavesWords(sendAt))
  }

  return (
    <section class="pane new-pane" aria-labelledby={`${id}-title`} ref={pane}>
      <header class="head">
        <IconButton icon="back" label={t('back')} class="icon-button back" onClick={desk.back} />
        <h2 class="head-title" id={`${id}-title`}>
          {t('newDialogue')}
        </h2>
        {children}
      </header>
      <Fields desk={desk} compose={compose} account={account} />
      <div class="new-space" />
      <Composer
        draft={compose}
        label={label}
        sendLabel={sendLabel}
        canSend={compose.canSend.value}
        settings={desk.settings.value}
        courseUrl={courseUrl}
        values={to && valuesFor({ to, account, course, about: compose.draft.value.about })}
        signature={signature}
        onSend={() => void send()}
        onLater={() => desk.deeds.sendLater(send)}
      >
        {trouble && (
          <p class="note" role="alert">
            {t('notSent', troubleWords(trouble))}
          </p>
        )}
        <Copies recipients={compose.recipients} />
        <PlaceNote
          desk={desk}
          to={to ? nameOf(to) : t('thisText')}
          personId={to?.id}
          hasText={!compose.isBlank.value && to !== undefined}
        />
      </Composer>
    </section>
  )
}
