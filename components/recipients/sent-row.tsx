import { useId } from 'preact/hooks'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import type { RulePersonView, RuleView } from '../../lib/dialogue/rule-views.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import { Icon } from '../common/icon.tsx'
import { nameOf } from '../common/people.ts'
import { isoText, nowSeconds, shortText, wholeText } from '../common/times.ts'
import { titleWords } from '../common/title-words.ts'
import type { SentModel } from '../models/sent.ts'
import { isUndoable, mayLeaveNow, personWords, progressWords } from './sent-words.ts'

interface Props {
  rule: RuleView
  sent: SentModel
  onOpen: (ref: DialogueRef) => void
}

function Answered({ rule }: { rule: RuleView }) {
  const { answered, counts } = rule.progress
  if (!rule.repliesExpected || counts.delivered === 0) return null
  const words = t('answeredOf', numberText(answered), numberText(counts.delivered))
  return (
    <span class="sent-count" title={words}>
      <span aria-hidden="true">
        {numberText(answered)}/{numberText(counts.delivered)}
      </span>
      <span class="unseen">{words}</span>
    </span>
  )
}

function Person({ one, onOpen }: { one: RulePersonView; onOpen: Props['onOpen'] }) {
  const { ref } = one
  const words = (
    <>
      <span class="private" dir="auto">
        {nameOf(one.person)}
      </span>
      <small>{personWords(one)}</small>
    </>
  )
  return (
    <li class="sent-person" data-standing={one.standing} data-answered={one.timeAnswered !== undefined}>
      {ref ? (
        <button type="button" onClick={() => onOpen(ref)}>
          {words}
        </button>
      ) : (
        <span>{words}</span>
      )}
    </li>
  )
}

/** Where nobody can prove whether it arrived, the person says so. */
function Doubt({ rule, sent }: Pick<Props, 'rule' | 'sent'>) {
  const ids = sent.people.value.filter(({ standing }) => standing === 'unknown').map(({ userId }) => userId)
  if (ids.length === 0 || rule.state === 'active') return null
  return (
    <>
      <button type="button" class="button" onClick={() => void sent.settle(rule, ids, true)}>
        {plural('theyGotIt', ids.length)}
      </button>
      <button type="button" class="button" onClick={() => void sent.settle(rule, ids, false)}>
        {plural('theyDidNotGetIt', ids.length)}
      </button>
    </>
  )
}

function People({ rule, sent, onOpen }: Props) {
  const { refused } = rule.progress.counts
  return (
    <div class="sent-people">
      <ul aria-label={titleWords(rule)}>
        {sent.people.value.map((one) => (
          <Person key={one.userId} one={one} onOpen={onOpen} />
        ))}
      </ul>
      <p class="deeds">
        {sent.hasMore.value && (
          <button type="button" class="button" onClick={() => void sent.more()}>
            {plural('showMorePeople', rule.progress.people - sent.people.value.length)}
          </button>
        )}
        {refused > 0 && (
          <button type="button" class="button" onClick={() => void sent.retry(rule)}>
            {plural('tryAgainFor', refused)}
          </button>
        )}
        <Doubt rule={rule} sent={sent} />
      </p>
    </div>
  )
}

/** One row for everybody who got a copy; it unfolds to the people. */
export function SentRow({ rule, sent, onOpen }: Props) {
  const id = useId()
  const isLater = rule.progress.hold?.kind === 'schedule'
  const [mayUndo, mayLeave] = [isUndoable(rule), mayLeaveNow(rule)]
  const isUnfolded = sent.unfolded.value === rule.id
  return (
    <li class="rows-item sent-row" data-state={rule.state}>
      <button
        type="button"
        class="row"
        aria-expanded={isUnfolded}
        aria-controls={id}
        onClick={() => void sent.toggle(rule)}
      >
        <span class="row-head">
          <span class="row-title private" dir="auto">
            {titleWords(rule)}
          </span>
          <Answered rule={rule} />
          <time class="row-time" dateTime={isoText(rule.timeCreated)} title={wholeText(rule.timeCreated)}>
            <bdi>{shortText(rule.timeCreated, nowSeconds())}</bdi>
          </time>
        </span>
        <span class="row-line">
          <Icon name="down" /> {progressWords(rule)}
        </span>
        {rule.course && <span class="row-line row-place private">{rule.course.name}</span>}
      </button>
      {(mayUndo || mayLeave) && (
        <p class="deeds sent-undo">
          {mayUndo && (
            <button type="button" class="button" onClick={() => void sent.undo(rule)}>
              {t(isLater ? 'edit' : 'undo')}
            </button>
          )}
          {mayLeave && (
            <button type="button" class="button" onClick={() => void sent.sendNow(rule)}>
              {t('sendNow')}
            </button>
          )}
        </p>
      )}
      <div id={id}>{isUnfolded && <People rule={rule} sent={sent} onOpen={onOpen} />}</div>
    </li>
  )
}
