import { useId } from 'preact/hooks'
import type { CourseChoices } from '../../lib/dialogue/course-choices.ts'
import type { CourseAudience } from '../../lib/dialogue/open-rule.ts'
import { numberText, plural, t } from '../../lib/extension/text.ts'
import type { RuleEditor } from '../models/rule-editor.ts'
import { Picker } from '../recipients/picker.tsx'
import { roleName } from '../recipients/words.ts'
import { ConditionField } from './condition-field.tsx'

interface Choice {
  id: number
  name: string
  count: number
}

interface ChecksProps {
  legend: string
  means: string
  choices: Choice[]
  chosen: number[] | undefined
  onChange: (ids: number[] | undefined) => void
}

/** Any of these; with none ticked there is no limit. */
function Checks({ legend, means, choices, chosen = [], onChange }: ChecksProps) {
  const id = useId()
  const toggle = (one: number) => {
    const next = chosen.includes(one) ? chosen.filter((each) => each !== one) : [...chosen, one]
    onChange(next.length > 0 ? next : undefined)
  }
  return (
    <fieldset class="form-line checks" aria-describedby={id}>
      <legend class="form-label">{legend}</legend>
      <div>
        {choices.map((choice) => (
          <label key={choice.id} class="check">
            <input type="checkbox" checked={chosen.includes(choice.id)} onChange={() => toggle(choice.id)} />
            <span>
              <bdi>{choice.name}</bdi> <small class="in-line">{numberText(choice.count)}</small>
            </span>
          </label>
        ))}
        <p class="hint" id={id}>
          {means}
        </p>
      </div>
    </fieldset>
  )
}

/** Sets of groups; who is told no groupings has the groups themselves. */
function Groupings({
  editor,
  audience: { groupingIds },
  choices: { groupings, groups },
}: {
  editor: RuleEditor
  audience: CourseAudience
  choices: CourseChoices
}) {
  if (!groupings) return groups.length > 0 ? <p class="hint aligned">{t('groupingsUnknown')}</p> : null
  if (groupings.length === 0) return null
  return (
    <Checks
      legend={t('groupings')}
      means={t(groupingIds ? 'onlyTheseGroupings' : 'allGroupingsMean')}
      choices={groupings}
      chosen={groupingIds}
      onChange={(ids) => editor.setAudience({ groupingIds: ids })}
    />
  )
}

function OfCourse({ editor, audience }: { editor: RuleEditor; audience: CourseAudience }) {
  const choices = editor.choices.value
  if (!choices) return editor.trouble.value ? null : <p class="hint">{t('readingPeople')}</p>
  const { roles, groups, rolesKnown, groupsKnown } = choices
  return (
    <>
      {rolesKnown ? (
        <Checks
          legend={t('roles')}
          means={t(audience.roleIds ? 'onlyTheseRoles' : 'allRolesMean')}
          choices={roles.map((role) => ({ ...role, name: roleName(role) }))}
          chosen={audience.roleIds}
          onChange={(roleIds) => editor.setAudience({ roleIds })}
        />
      ) : (
        <p class="hint">{t('rolesUnknown')}</p>
      )}
      {groupsKnown && groups.length > 0 && (
        <Checks
          legend={t('groups')}
          means={t(audience.groupIds ? 'onlyTheseGroups' : 'allGroupsMean')}
          choices={groups}
          chosen={audience.groupIds}
          onChange={(groupIds) => editor.setAudience({ groupIds })}
        />
      )}
      <Groupings editor={editor} audience={audience} choices={choices} />
      <ConditionField editor={editor} audience={audience} choices={choices} />
      {audience.exceptUserIds && audience.exceptUserIds.length > 0 && (
        <p class="hint">
          {plural('exceptPeople', audience.exceptUserIds.length)}{' '}
          <button
            type="button"
            class="text-button"
            onClick={() => editor.setAudience({ exceptUserIds: undefined })}
          >
            {t('takeInAgain')}
          </button>
        </p>
      )}
    </>
  )
}

/** Who it is for: the course's people as they are when it runs, or people by name. */
export function AudienceFields({ editor }: { editor: RuleEditor }) {
  const { audience, courseId } = editor.draft.value
  const id = useId()
  const isNamed = audience.kind === 'people'
  return (
    <>
      <fieldset class="form-line checks">
        <legend class="form-label">{t('whoGetsIt')}</legend>
        <div class="radios">
          <label class="check">
            <input
              type="radio"
              name={id}
              checked={!isNamed}
              disabled={courseId === undefined}
              onChange={() => editor.setKind('course')}
            />
            <span>
              {t('byCourse')} <small>{t('byCourseMeans')}</small>
            </span>
          </label>
          <label class="check">
            <input type="radio" name={id} checked={isNamed} onChange={() => editor.setKind('people')} />
            <span>
              {t('byHand')} <small>{t('byHandMeans')}</small>
            </span>
          </label>
        </div>
      </fieldset>
      {isNamed ? (
        <div class="form-line">
          <span class="form-label">{t('to')}</span>
          <Picker compose={editor.hand} />
        </div>
      ) : (
        <OfCourse editor={editor} audience={audience} />
      )}
    </>
  )
}
