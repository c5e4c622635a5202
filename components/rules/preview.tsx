import { useEffect, useRef } from 'preact/hooks'
import type { RulePreview, RuleView } from '../../lib/dialogue/rule-views.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import { TroubleBar } from '../common/bar.tsx'
import { nameOf } from '../common/people.ts'
import { StatusNote } from '../common/status-note.tsx'
import { wholeText } from '../common/times.ts'
import type { RulePreviewModel } from '../models/rule-preview.ts'
import { BackButton } from './back-button.tsx'
import { ExactList, NotReached, Samples } from './preview-people.tsx'
import { Said } from './said.tsx'

function fieldWords({ name, unknown, emptyFor }: RulePreview['fields'][number]): string {
  return unknown ? t('fieldUnknown', `{${name}}`) : plural('fieldEmpty', emptyFor, `{${name}}`)
}

const UNKNOWN_WORDS = {
  roles: 'rolesCannotBeKnown',
  groups: 'groupsCannotBeKnown',
  groupings: 'groupingsCannotBeKnown',
  submissions: 'submissionsCannotBeKnown',
  grader: 'troubleGraderNotOpened',
  'grading-filter': 'troubleGradingFiltered',
} as const

/** What is worth a second look, and what keeps it from being sent. */
function Warnings({ preview, rule }: { preview: RulePreview; rule: RuleView }) {
  const { longestBytes, limit, fields, wrongCourse, otherGroups, unknown, leftToday, willGetIt } = preview
  const lines = [
    ...unknown.map((what) => t(UNKNOWN_WORDS[what])),
    ...(longestBytes > limit ? [t('longestTooLong', numberText(longestBytes), numberText(limit))] : []),
    ...fields.map(fieldWords),
    ...(wrongCourse.length > 0
      ? [plural('wrongCourse', wrongCourse.length, wrongCourse.map(nameOf).join(', '))]
      : []),
    ...(otherGroups > 0 ? [plural('otherGroupsLeftOut', otherGroups)] : []),
    ...(willGetIt > leftToday ? [t('moreThanToday', numberText(leftToday))] : []),
    ...(rule.repliesExpected ? [] : [t('noAnswerExpectedMeans')]),
  ]
  if (lines.length === 0) return null
  return (
    <ul class="warnings" aria-label={t('worthALook')}>
      {lines.map((line) => (
        <li key={line} dir="auto">
          {line}
        </li>
      ))}
    </ul>
  )
}

function whenWords({ timeNotBefore, future, toShare, shared }: RuleView): string[] {
  return [
    ...(timeNotBefore === undefined ? [] : [t('leavesAt', wholeText(timeNotBefore))]),
    ...(future
      ? [future.timeCutOff === undefined ? t('alsoLater') : t('alsoLaterUntil', wholeText(future.timeCutOff))]
      : []),
    ...(toShare === undefined && !shared ? [] : [t('willBeShared')]),
  ]
}

/** Of one that has run before, here or at a colleague's. */
function beforeWords({ haveIt, unknownIfReached }: RulePreview): string[] {
  return [
    ...(haveIt > 0 ? [plural('haveItAlready', haveIt)] : []),
    ...(unknownIfReached > 0 ? [plural('unknownIfReached', unknownIfReached)] : []),
  ]
}

interface Props {
  model: RulePreviewModel
  account: AccountView | undefined
  undoSeconds: number
  onBack: () => void
  onStarted: () => void
}

function Start({ model, undoSeconds, onStarted }: Pick<Props, 'model' | 'undoSeconds' | 'onStarted'>) {
  const preview = model.preview.value
  const rule = model.rule.value
  if (!preview || !rule) return null
  const { willGetIt, longestBytes, limit, unknown } = preview
  const isEmpty = willGetIt === 0 && !rule.future
  const cannot = isEmpty || longestBytes > limit || unknown.length > 0
  const start = async () => {
    if (await model.start()) onStarted()
  }
  return (
    <div class="start">
      <p class="copies">
        <strong>{plural('privateCopies', willGetIt)}</strong>{' '}
        {[t('nobodySeesOthers'), ...beforeWords(preview), ...whenWords(rule)].join(' ')}
      </p>
      <button
        type="button"
        class="button button-main"
        disabled={cannot || model.isStarting.value}
        onClick={() => void start()}
      >
        {willGetIt > 0 ? plural('sendToPeople', willGetIt) : t('startRule')}
      </button>
      {(rule.state === 'draft' || rule.state === 'paused') && (
        <p class="hint">{plural('undoAfter', undoSeconds)}</p>
      )}
    </div>
  )
}

/** Seen while it is read; then told to who hears the page, and who sees it reads it below. */
function Progress({ model: { preview, trouble } }: Pick<Props, 'model'>) {
  if (trouble.value) return <StatusNote>{undefined}</StatusNote>
  return preview.value ? (
    <StatusNote class="unseen">{plural('people', preview.value.willGetIt)}</StatusNote>
  ) : (
    <StatusNote class="hint">{t('previewReads')}</StatusNote>
  )
}

/** What would be sent to whom; nothing has been, yet. */
export function Preview({ model, account, onBack, ...start }: Props) {
  const { preview, rule, trouble } = model
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    void model.load()
    title.current?.focus({ preventScroll: true })
  }, [model])
  return (
    <section class="section rule-page">
      <BackButton words={t('backToText')} onBack={onBack} />
      <h2 tabIndex={-1} ref={title}>
        {t('beforeSending')}
      </h2>
      <Progress model={model} />
      <TroubleBar trouble={trouble.value} siteUrl={account?.wwwroot} onTryAgain={() => void model.load()} />
      {preview.value && rule.value && (
        <>
          <Warnings preview={preview.value} rule={rule.value} />
          {preview.value.samples.length > 0 ? (
            <Samples preview={preview.value} />
          ) : (
            <Said
              words={rule.value}
              signature={account?.signatures?.[rule.value.courseId ?? 0] ?? ''}
              isOpen
            />
          )}
          <NotReached preview={preview.value} />
          <ExactList model={model} />
          <Start model={model} {...start} />
        </>
      )}
    </section>
  )
}
