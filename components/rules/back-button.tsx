import { t } from '../../lib/extension/text.ts'
import { Icon } from '../common/icon.tsx'

export function BackButton({ words = t('backToRules'), onBack }: { words?: string; onBack: () => void }) {
  return (
    <p class="back-line">
      <button type="button" class="text-button back" onClick={onBack}>
        <Icon name="back" /> {words}
      </button>
    </p>
  )
}
