import { t } from '../../lib/extension/text.ts'
import type { SettingsModel } from '../models/settings.ts'
import { HabitLine } from './habit-line.tsx'
import { Section } from './line.tsx'

/** Who writes to whom: what the panel offers, site by site and course by course. */
export function PeopleTab({ model }: { model: SettingsModel }) {
  const accounts = model.accounts.value ?? []
  return (
    <>
      <Section title={t('whoWritesToWhom')}>
        <p class="prose">{t('whoWritesToWhomMeans')}</p>
        {accounts.length === 0 && <p>{t('noAccounts')}</p>}
      </Section>
      {accounts.map(({ id, siteName, courses }) => (
        <Section key={id} title={siteName}>
          <HabitLine connection={model.connection} at={{ accountId: id }} name={t('allCourses')} />
          {courses.map((course) => (
            <HabitLine
              key={course.id}
              connection={model.connection}
              at={{ accountId: id, courseId: course.id }}
              name={course.name}
            />
          ))}
        </Section>
      ))}
    </>
  )
}
