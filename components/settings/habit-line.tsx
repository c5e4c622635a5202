import { useEffect, useId, useMemo } from 'preact/hooks'
import type { Habit } from '../../lib/dialogue/permission.ts'
import { type TextKey, t } from '../../lib/extension/text.ts'
import { IconButton } from '../common/icon-button.tsx'
import { nameOf } from '../common/people.ts'
import type { Connection } from '../models/connection.ts'
import { createHabitModel, type HabitAt, type HabitModel } from '../models/habits.ts'
import { RecipientBox } from '../recipients/combobox.tsx'
import { wholeName } from '../recipients/options.tsx'
import { ChoiceLine } from './line.tsx'

type Choice = Habit['kind'] | 'as-site'

const CHOICES = {
  'as-site': 'habitAsSite',
  everybody: 'habitEverybody',
  'to-teachers': 'habitToTeachers',
  representatives: 'habitRepresentatives',
} as const satisfies Record<Choice, TextKey>

function Wholes({ model }: { model: HabitModel }) {
  const habit = model.habit.value
  if (habit?.kind !== 'representatives') return null
  return (
    <>
      {model.picker.found.value?.wholes.map((whole) => {
        const ids = (whole.kind === 'group' ? habit.groupIds : habit.roleIds) ?? []
        return (
          <label key={`${whole.kind} ${whole.id}`} class="check">
            <input
              type="checkbox"
              checked={ids.includes(whole.id)}
              onChange={() => void model.toggleWhole(whole.kind, whole.id)}
            />
            <span dir="auto">{wholeName(whole)}</span>
          </label>
        )
      })}
    </>
  )
}

function Named({ model }: { model: HabitModel }) {
  const habit = model.habit.value
  const ids = habit?.kind === 'representatives' ? (habit.userIds ?? []) : []
  if (ids.length === 0) return null
  return (
    <ul class="picks" aria-label={t('habitRepresentatives')}>
      {model.named.value
        .filter(({ id }) => ids.includes(id))
        .map((person) => (
          <li key={person.id} class="pick">
            <span class="pick-name private" dir="auto">
              {nameOf(person)}
            </span>
            <IconButton
              icon="close"
              label={t('removePerson', nameOf(person))}
              onClick={() => void model.removePerson(person.id)}
            />
          </li>
        ))}
    </ul>
  )
}

function Representatives({ model }: { model: HabitModel }) {
  const id = useId()
  const { picker } = model
  return (
    <div class="habit-who">
      <p id={id}>{t('habitWho')}</p>
      <Wholes model={model} />
      <Named model={model} />
      <RecipientBox
        options={picker.people.value.map((person) => {
          const { whyNot: _, ...shown } = person
          return { kind: 'person', person: shown, isChosen: false, isOther: false }
        })}
        more={picker.found.value?.more ?? 0}
        status={undefined}
        describedBy={id}
        onType={(typed) => void picker.type(typed)}
        onPick={(option) => option.kind === 'person' && void model.addPerson(option.person)}
        onBack={() => undefined}
      />
    </div>
  )
}

interface Props {
  connection: Connection
  at: HabitAt
  name: string
}

/** One site's or course's habit. */
export function HabitLine({ connection, at, name }: Props) {
  const model = useMemo(() => createHabitModel(connection, at), [connection, at.accountId, at.courseId])
  useEffect(() => {
    void model.load()
    return model.stop
  }, [model])
  const isSite = at.courseId === undefined
  const kinds = (Object.keys(CHOICES) as Choice[]).filter(
    (kind) => !isSite || (kind !== 'as-site' && kind !== 'representatives'),
  )
  const habit = model.habit.value
  return (
    <>
      <ChoiceLine
        words={name}
        means={isSite ? t('habitSiteMeans') : ''}
        value={habit?.kind ?? (isSite ? 'everybody' : 'as-site')}
        choices={kinds.map((value) => ({ value, words: t(CHOICES[value]) }))}
        onChange={(kind) => void model.choose(kind)}
      />
      {habit?.kind === 'representatives' && <Representatives model={model} />}
    </>
  )
}
