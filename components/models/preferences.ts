import { signal } from '@preact/signals'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/extension/settings.ts'
import { type Connection, leaveAsIs } from './connection.ts'

/** The settings that a screen follows and may change with one press. */
export function createPreferences({ ask, onChange }: Connection, begun: Partial<Settings>) {
  const settings = signal<Settings>({ ...DEFAULT_SETTINGS, ...begun })

  async function change(patch: Partial<Settings>): Promise<void> {
    settings.value = { ...settings.value, ...patch }
    settings.value = (await ask('saveSettings', patch).catch(leaveAsIs)) ?? settings.value
  }

  const stop = onChange(async ({ topics }) => {
    if (topics.includes('settings'))
      settings.value = (await ask('settings').catch(leaveAsIs)) ?? settings.value
  })

  return {
    settings,
    stop,
    toggleHidden: () => change({ hidden: !settings.value.hidden }),
    setOrder: (order: Partial<Pick<Settings, 'sort' | 'group'>>) => change(order),
    setKeys: (keys: boolean) => change({ keys }),
    setPanelWidth: (panelWidth: number) => change({ panelWidth }),
  }
}
