import { useId } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { dateInput, dateOf, momentInput } from '../common/date-input.ts'
import { nowSeconds } from '../common/times.ts'
import type { RuleEditor } from '../models/rule-editor.ts'
import { DAY } from './who-words.ts'

/** Tomorrow at eight. */
function tomorrow(): number {
  return (dateOf(dateInput(nowSeconds() + DAY)) ?? nowSeconds()) + 8 * 3600
}

function At({ editor }: { editor: RuleEditor }) {
  const { timeNotBefore } = editor.draft.value
  const id = useId()
  return (
    <fieldset class="form-line checks">
      <legend class="form-label">{t('when')}</legend>
      <div class="radios">
        <label class="check">
          <input
            type="radio"
            name={id}
            checked={timeNotBefore === undefined}
            onChange={() => editor.set({ timeNotBefore: undefined })}
          />
          <span>{t('atOnce')}</span>
        </label>
        <label class="check">
          <input
            type="radio"
            name={id}
            checked={timeNotBefore !== undefined}
            onChange={() => editor.set({ timeNotBefore: tomorrow() })}
          />
          <span>
            {t('atATime')} <small>{t('atATimeMeans')}</small>
          </span>
        </label>
        {timeNotBefore !== undefined && (
          <input
            class="field moment"
            type="datetime-local"
            aria-label={t('atATime')}
            value={momentInput(timeNotBefore)}
            onChange={(event) => {
              const time = dateOf(event.currentTarget.value)
              if (time !== undefined) editor.set({ timeNotBefore: time })
            }}
          />
        )}
      </div>
    </fieldset>
  )
}

/** Only of a course can there be people who join later. */
function Later({ editor }: { editor: RuleEditor }) {
  const { future, audience } = editor.draft.value
  if (audience.kind !== 'course') return null
  return (
    <div class="form-line">
      <span class="form-label">{t('later')}</span>
      <div class="radios">
        <label class="check">
          <input
            type="checkbox"
            checked={future !== undefined}
            onChange={(event) => editor.set({ future: event.currentTarget.checked ? {} : undefined })}
          />
          <span>
            {t('joinLater')} <small>{t('joinLaterMeans')}</small>
          </span>
        </label>
        {future && (
          <label class="cut-off">
            <span>{t('until')}</span>
            <input
              class="field moment"
              type="date"
              value={future.timeCutOff === undefined ? '' : dateInput(future.timeCutOff)}
              onChange={(event) => {
                const timeCutOff = dateOf(event.currentTarget.value)
                editor.set({ future: timeCutOff === undefined ? {} : { timeCutOff } })
              }}
            />
            <small>{t('cutOffMeans')}</small>
          </label>
        )}
      </div>
    </div>
  )
}

export function WhenFields({ editor }: { editor: RuleEditor }) {
  return (
    <>
      <At editor={editor} />
      <Later editor={editor} />
    </>
  )
}
