import { plural, t } from '../../lib/extension/text.ts'
import { useFocusKept } from '../common/focus.ts'
import { StatusNote } from '../common/status-note.tsx'
import type { DeskModel } from '../models/desk.ts'

function Deed({ words, disabled, onClick }: { words: string; disabled: boolean; onClick: () => void }) {
  return (
    <button type="button" class="text-button" disabled={disabled} onClick={onClick}>
      {words}
    </button>
  )
}

export function SelectionBar({ desk }: { desk: DeskModel }) {
  const { isOn, refs } = desk.list.selection
  const count = isOn.value && plural('selectedRows', refs.value.length)
  return (
    <>
      <StatusNote class="unseen">{count}</StatusNote>
      {count && <Bar desk={desk} count={count} />}
    </>
  )
}

/** What can be done with many rows at once: only what tells nobody. */
function Bar({ desk, count }: { desk: DeskModel; count: string }) {
  const { selection } = desk.list
  const { deeds } = desk
  const bar = useFocusKept()
  const refs = selection.refs.value
  const none = refs.length === 0
  const then = (deed: Promise<unknown>) => {
    void deed
    selection.clear()
  }
  return (
    <div class="selection-bar" role="toolbar" aria-label={t('selected')} ref={bar}>
      <div class="selection-line">
        <span class="selection-count">{count}</span>
        <Deed words={t('selectAll')} disabled={false} onClick={selection.all} />
        <Deed words={t('stopSelecting')} disabled={false} onClick={selection.clear} />
      </div>
      <Deed words={t('markRead')} disabled={none} onClick={() => then(deeds.read(refs))} />
      <Deed words={t('done')} disabled={none} onClick={() => then(deeds.done(refs, true))} />
      <Deed
        words={t('putOff')}
        disabled={none}
        onClick={() => {
          deeds.sheet.value = { kind: 'snooze', refs }
        }}
      />
      {desk.isOwnPage && (
        <Deed
          words={t('addLabel')}
          disabled={none}
          onClick={() => {
            deeds.sheet.value = { kind: 'labels', refs }
          }}
        />
      )}
      <Deed words={t('export')} disabled={none} onClick={() => then(deeds.writeOut(refs))} />
    </div>
  )
}
