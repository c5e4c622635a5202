import { t } from '../../lib/extension/text.ts'
import { Section } from './line.tsx'

const KEYS = [
  ['↑ ↓', 'keyArrows'],
  ['Enter', 'keyEnter'],
  ['Esc', 'keyEscape'],
  ['Ctrl/⌘ + Enter', 'send'],
  ['Ctrl/⌘ + B, I, K', 'keyMarkup'],
] as const

export function AboutTab({ version }: { version: string }) {
  return (
    <>
      <Section title={t('name')}>
        <p>{t('version', version)}</p>
        <p class="prose">{t('description')}</p>
        <p class="prose">{t('worksWith')}</p>
        <p class="prose">{t('licence')}</p>
      </Section>
      <Section title={t('keyboard')}>
        <dl class="keys">
          {KEYS.map(([key, words]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(words)}</dd>
            </div>
          ))}
        </dl>
      </Section>
    </>
  )
}
