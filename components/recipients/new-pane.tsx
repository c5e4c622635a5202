import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import { nameOf } from '../common/people.ts'
import { troubleWords } from '../common/trouble-words.ts'
import { Composer } from '../composer/composer.tsx'
import { PlaceNote } from '../composer/place-note.tsx'
import type { DeskModel } from '../models/desk.ts'
import type { NewModel } from '../models/new.ts'
import { RecipientBox } from './combobox.tsx'

const SUBJECT_LENGTH = 120

interface Props {
  desk: DeskModel
  compose: NewModel
  children?: ComponentChildren
}

function To({ compose }: { compose: NewModel }) {
  const { to } = compose.draft.value
  if (!to) return <RecipientBox found={compose.found.value} onType={compose.search} onPick={compose.pick} />
  return (
    <p class="to">
      <span class="to-name private" dir="auto">
        {nameOf(to)}
      </span>
      <IconButton icon="close" label={t('removePerson', to.fullName)} onClick={compose.unpick} />
    </p>
  )
}

function Accounts({ desk, compose }: Omit<Props, 'children'>) {
  const accounts = desk.accounts.value
  if (accounts.length < 2 || desk.account.value) return null
  return (
    <label class="line">
      <span class="line-label">{t('from')}</span>
      <select
        class="field"
        value={compose.draft.value.accountId}
        onChange={(event) => desk.writeNew(event.currentTarget.value)}
      >
        {accounts.map(({ id, siteName, fullName }) => (
          <option key={id} value={id}>
            {`${siteName} · ${fullName}`}
          </option>
        ))}
      </select>
    </label>
  )
}

export function NewPane({ desk, compose, children }: Props) {
  const pane = useRef<HTMLElement>(null)
  const id = useId()
  const [trouble, setTrouble] = useState<Trouble | undefined>()
  const { to, subject, repliesExpected, courseId } = {
    ...compose.draft.value,
    courseId: compose.place?.courseId,
  }
  const account = desk.accounts.value.find((one) => one.id === compose.draft.value.accountId)
  useLayoutEffect(() => {
    const next = pane.current?.querySelector<HTMLElement>(to ? 'textarea' : '[role=combobox]')
    next?.focus({ preventScroll: true })
  }, [compose, to === undefined])
  const courseUrl =
    account && courseId !== undefined ? `${account.wwwroot}/course/view.php?id=${courseId}` : undefined
  const send = async () => setTrouble(await desk.send(compose))

  return (
    <section class="pane new-pane" aria-labelledby={`${id}-title`} ref={pane}>
      <header class="head">
        <IconButton icon="back" label={t('back')} class="icon-button back" onClick={desk.back} />
        <h2 class="head-title" id={`${id}-title`}>
          {t('newDialogue')}
        </h2>
        {children}
      </header>
      <div class="new-fields">
        <Accounts desk={desk} compose={compose} />
        <div class="line">
          <span class="line-label">{t('to')}</span>
          <To compose={compose} />
        </div>
        {compose.seed?.note && <p class="new-note private">{compose.seed.note}</p>}
        <label class="line">
          <span class="line-label">{t('subject')}</span>
          <input
            class="field private"
            type="text"
            dir="auto"
            maxLength={SUBJECT_LENGTH}
            value={subject ?? ''}
            onInput={(event) => compose.change({ subject: event.currentTarget.value })}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={repliesExpected === false}
            onChange={(event) => compose.change({ repliesExpected: !event.currentTarget.checked })}
          />
          <span>
            {t('noAnswerExpected')} <small>{t('noAnswerExpectedMeans')}</small>
          </span>
        </label>
      </div>
      <div class="new-space" />
      <Composer
        draft={compose}
        label={to ? t('writeTo', to.fullName.split(/\s+/)[0] ?? '') : t('writeSomething')}
        sendLabel={to ? t('sendTo', nameOf(to)) : t('send')}
        canSend={compose.canSend.value}
        settings={desk.settings.value}
        courseUrl={courseUrl}
        onSend={send}
      >
        {trouble && (
          <p class="note" role="alert">
            {t('notSent', troubleWords(trouble))}
          </p>
        )}
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
