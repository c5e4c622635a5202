import type { ComponentChildren } from 'preact'
import { t } from '../../lib/extension/text.ts'
import { Icon } from '../common/icon.tsx'
import { IconButton } from '../common/icon-button.tsx'
import { Menu } from '../common/menu.tsx'
import type { DeskModel } from '../models/desk.ts'
import { SearchButton } from '../search/search-button.tsx'

export function ListHead({ desk, children }: { desk: DeskModel; children: ComponentChildren }) {
  const isHidden = desk.settings.value.hidden
  return (
    <header class="head">
      <h2 class="head-title">{t('dialogues')}</h2>
      {desk.accounts.value.length > 0 && (
        <SearchButton search={desk.search} hasKey={desk.settings.value.keys} />
      )}
      <IconButton
        icon={isHidden ? 'eyeOff' : 'eye'}
        label={t('hideNames')}
        aria-pressed={isHidden}
        onClick={desk.toggleHidden}
      />
      <Menu
        label={t('more')}
        items={[
          {
            words: t('select'),
            onChoose: () => {
              desk.list.selection.isOn.value = true
            },
          },
          { words: t('openInbox'), onChoose: () => desk.openPage('inbox') },
          { words: t('settings'), onChoose: () => desk.openPage('options') },
          {
            words: t('keysTitle'),
            onChoose: () => {
              desk.deeds.sheet.value = { kind: 'keys' }
            },
          },
        ]}
      />
      {desk.accounts.value.length > 0 && (
        <button type="button" class="button button-new" data-action="new" onClick={() => desk.writeNew()}>
          <Icon name="plus" /> {t('new')}
        </button>
      )}
      {children}
    </header>
  )
}
