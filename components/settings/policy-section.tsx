import type { Policy } from '../../lib/extension/policy.ts'
import { plural, type TextKey, t } from '../../lib/extension/text.ts'
import { Section } from './line.tsx'

const SEVERAL = {
  teachers: 'policySeveralTeachers',
  nobody: 'policySeveralNobody',
  everybody: 'policySeveralEverybody',
} as const satisfies Record<NonNullable<Policy['severalRecipients']>, TextKey>

function linesOf({
  sites,
  severalRecipients,
  messagesADayMax,
  retentionDaysMax,
  notificationsWithoutContent,
}: Policy): string[] {
  const several = severalRecipients && t(SEVERAL[severalRecipients])
  return [
    ...(sites ? [sites.length > 0 ? t('policySites', sites.join(', ')) : t('policyNoSites')] : []),
    ...(retentionDaysMax === undefined ? [] : [`${t('retentionDays')}: ${plural('days', retentionDaysMax)}`]),
    ...(several ? [several] : []),
    ...(messagesADayMax === undefined ? [] : [plural('policyADay', messagesADayMax)]),
    ...(notificationsWithoutContent ? [t('notificationsWithoutContent')] : []),
  ]
}

/** Who uses a school's browser may know what the school has set. */
export function PolicySection({ policy }: { policy: Policy }) {
  const lines = linesOf(policy)
  if (lines.length === 0) return null
  return (
    <Section title={t('setByAdminTitle')}>
      <ul class="prose policy">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Section>
  )
}
