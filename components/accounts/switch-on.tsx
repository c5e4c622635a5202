import { useState } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { troubleWords } from '../common/trouble-words.ts'
import type { SwitchOn as State } from '../models/switch-on.ts'
import { hostOf } from './state-words.ts'

interface Props {
  wwwroot: string
  state: State
  days: number
  onTurnOn: (onlyMe: boolean) => void
  onNotNow: () => void
}

function Choice({
  value,
  chosen,
  words,
  means,
  onChoose,
}: {
  value: string
  chosen: boolean
  words: string
  means: string
  onChoose: () => void
}) {
  return (
    <label class="check">
      <input type="radio" name="only-me" value={value} checked={chosen} onChange={onChoose} />
      <span>
        {words} <small>{means}</small>
      </span>
    </label>
  )
}

/** What is read, what is kept where and for how long, before anything is. */
export function SwitchOn({ wwwroot, state, days, onTurnOn, onNotNow }: Props) {
  const [onlyMe, setOnlyMe] = useState(false)
  const isWaiting = state.step === 'waiting'
  return (
    <section class="switch-on" aria-labelledby="switch-on-title">
      <h1 id="switch-on-title" tabIndex={-1} ref={(title) => void (title && !isWaiting && title.focus())}>
        {t('turnOnFor', hostOf(wwwroot))}
      </h1>
      <dl class="facts">
        <dt>{t('whatIsRead')}</dt>
        <dd>{t('whatIsReadIs')}</dd>
        <dt>{t('whereKept')}</dt>
        <dd>{t('whereKeptIs', days)}</dd>
        <dt>{t('whoSees')}</dt>
        <dd>{t('whoSeesIs')}</dd>
      </dl>
      <fieldset>
        <legend>{t('onlyYouQuestion')}</legend>
        <Choice
          value="no"
          chosen={!onlyMe}
          words={t('onlyYouNo')}
          means={t('onlyYouNoMeans')}
          onChoose={() => setOnlyMe(false)}
        />
        <Choice
          value="yes"
          chosen={onlyMe}
          words={t('onlyYouYes')}
          means={t('onlyYouYesMeans')}
          onChoose={() => setOnlyMe(true)}
        />
      </fieldset>
      {state.trouble && (
        <p class="note" role="alert">
          {state.trouble.kind === 'not-permitted' ? t('browserRefused') : troubleWords(state.trouble)}
        </p>
      )}
      <p class="hint">{isWaiting ? t('browserAsksNow') : t('browserWillAsk')}</p>
      <div class="deeds">
        <button
          type="button"
          class="button button-main"
          disabled={isWaiting}
          onClick={() => onTurnOn(onlyMe)}
        >
          {t('turnOn')}
        </button>
        <button type="button" class="button" onClick={onNotNow}>
          {t('notNow')}
        </button>
      </div>
    </section>
  )
}
