import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { ConfirmButton } from '../common/confirm-button.tsx'
import type { RulePageModel } from '../models/rule-page.ts'
import { mayLeaveNow } from '../recipients/sent-words.ts'
import type { RuleDoes } from './rule-page.tsx'

interface Props extends RuleDoes {
  /** Notes of a course are out of a session's reach. */
  hasToken: boolean
  page: RulePageModel
  rule: RuleView
}

function Deed({ words, onClick, isMain = false }: { words: string; onClick: () => void; isMain?: boolean }) {
  return (
    <button type="button" class={isMain ? 'button button-main' : 'button'} onClick={onClick}>
      {words}
    </button>
  )
}

/** Its course's other teachers may see it, pause it, end it; and take it over once it is let go of. */
function Sharing({ page, rule, hasToken }: Pick<Props, 'page' | 'rule' | 'hasToken'>) {
  const { state, shared, oneOff, audience } = rule
  if (!hasToken || (state !== 'active' && state !== 'paused')) return null
  if (shared?.tenure === 'released') return null
  if (shared) return <Deed words={t('releaseRule')} onClick={() => void page.release()} />
  if (oneOff || audience.kind !== 'course' || audience.condition?.kind === 'not-answered') return null
  return <Deed words={t('shareRule')} onClick={() => void page.share()} />
}

/** What may be done with it now, the likeliest first. */
export function RuleDeeds({ page, rule, hasToken, onEdit, onCopy }: Props) {
  const { state, progress, oneOff } = rule
  // Of one that has run before something may have arrived: it can only be paused.
  const isUndo = progress.hold?.kind === 'undo' && rule.timeFirstRun === undefined
  const refused = progress.counts.refused
  const pauseAndEdit = async () => {
    await page.pause()
    if (page.rule.value?.state === 'paused') onEdit(page.rule.value)
  }
  return (
    <div class="rule-deeds">
      {isUndo && <Deed isMain words={t('takeBack')} onClick={() => void page.takeBack()} />}
      {state === 'paused' && <Deed isMain words={t('goOn')} onClick={() => void page.resume()} />}
      {mayLeaveNow(rule) && <Deed words={t('sendNow')} onClick={() => void page.sendNow()} />}
      {state === 'active' && !isUndo && <Deed words={t('pause')} onClick={() => void page.pause()} />}
      {state === 'active' && !isUndo && !oneOff && (
        <Deed words={t('pauseAndEdit')} onClick={() => void pauseAndEdit()} />
      )}
      {(state === 'draft' || ((state === 'paused' || state === 'finished') && !oneOff)) && (
        <Deed words={t('edit')} onClick={() => onEdit(rule)} />
      )}
      {refused > 0 && (state === 'finished' || state === 'active') && (
        <Deed words={plural('tryRefusedAgain', refused)} onClick={() => void page.retry()} />
      )}
      <Sharing page={page} rule={rule} hasToken={hasToken} />
      {state !== 'draft' && <Deed words={t('useAsNew')} onClick={() => onCopy(rule)} />}
      {(state === 'active' || state === 'paused') && !isUndo && (
        <ConfirmButton
          class="button"
          words={t('cancelRule')}
          sure={t('cancelRuleSure')}
          onConfirm={() => void page.cancel()}
        />
      )}
    </div>
  )
}
