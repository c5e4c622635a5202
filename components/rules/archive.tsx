import { useEffect, useMemo, useState } from 'preact/hooks'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import { numberText, t } from '../../lib/extension/text.ts'
import { Facts } from '../common/facts.tsx'
import { StatusNote } from '../common/status-note.tsx'
import { nowSeconds, shortText } from '../common/times.ts'
import { titleWords } from '../common/title-words.ts'
import type { Connection } from '../models/connection.ts'
import type { RuleListModel } from '../models/rule-list.ts'
import { createRulePageModel } from '../models/rule-page.ts'
import { PeopleTable } from './people-table.tsx'
import { More } from './rule-list.tsx'
import { TableDeeds } from './table-deeds.tsx'
import { stateWords } from './words.ts'

interface Props {
  connection: Connection
  model: RuleListModel
  onOpen: (rule: RuleView) => void
  onFollowUp: (rule: RuleView) => void
}

function Unfolded({ connection, rule, onOpen, onFollowUp }: Omit<Props, 'model'> & { rule: RuleView }) {
  const { accountId, id } = rule
  const page = useMemo(
    () => createRulePageModel(connection, { accountId, ruleId: id }),
    [connection, accountId, id],
  )
  useEffect(() => page.watch(), [page])
  return (
    <div class="sent-people">
      <p class="rule-deeds">
        <button type="button" class="button" onClick={() => onOpen(rule)}>
          {t('openRule')}
        </button>
      </p>
      <TableDeeds page={page} rule={page.rule.value ?? rule} onFollowUp={onFollowUp} />
      <PeopleTable page={page} rule={page.rule.value ?? rule} />
    </div>
  )
}

function Sent({ rule, ...rest }: Omit<Props, 'model'> & { rule: RuleView }) {
  const [isOpen, setOpen] = useState(false)
  const { answered, counts } = rule.progress
  return (
    <details class="sent" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="rule-title private">
          <bdi>{titleWords(rule)}</bdi>
        </span>
        <span class="sent-count" title={t('answeredOf', numberText(answered), numberText(counts.delivered))}>
          <span class="unseen">{t('answeredOf', numberText(answered), numberText(counts.delivered))}</span>
          <span aria-hidden="true">{`${numberText(answered)}/${numberText(counts.delivered)}`}</span>
        </span>
        <span class="rule-facts">
          <Facts
            facts={[
              shortText(rule.timeFirstRun ?? rule.timeCreated, nowSeconds()),
              ...(rule.course ? [rule.course.name] : []),
              t(rule.oneOff ? 'messageToSeveral' : 'rule'),
              stateWords(rule, Date.now()),
            ]}
          />
        </span>
      </summary>
      {isOpen && <Unfolded rule={rule} {...rest} />}
    </details>
  )
}

/** Each rule and each message to several that has left, unfolding to its people. */
export function Archive({ model, ...rest }: Props) {
  const sent = model.rules.value?.filter(({ state }) => state !== 'draft')
  if (!sent) return <StatusNote class="hint">{t('reading')}</StatusNote>
  return (
    <>
      {sent.length === 0 && <p class="hint">{t('nothingSentYet')}</p>}
      {sent.map((rule) => (
        <Sent key={rule.id} rule={rule} {...rest} />
      ))}
      <More model={model} />
    </>
  )
}
