import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import { plural, t } from '../../lib/extension/text.ts'
import { ConfirmButton } from '../common/confirm-button.tsx'
import type { RulePageModel } from '../models/rule-page.ts'
import type { RuleDoes } from './rule-page.tsx'

interface Props extends RuleDoes {
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

/** What may be done with it now, the likeliest first. */
export function RuleDeeds({ page, rule, onEdit, onCopy }: Props) {
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
