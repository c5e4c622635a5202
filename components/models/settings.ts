import { signal } from '@preact/signals'
import type { AccountId } from '../../lib/dialogue/dialogue.ts'
import type { QuietHours } from '../../lib/dialogue/quiet-hours.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import type { Policy } from '../../lib/extension/policy.ts'
import type { StorageUse } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/extension/settings.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createDiagnosticsModel } from './diagnostics.ts'
import { createTeacherModel } from './teacher.ts'

export type SettingsModel = ReturnType<typeof createSettingsModel>

export function createSettingsModel(connection: Connection) {
  const { ask, onChange } = connection
  const settings = signal<Settings>(DEFAULT_SETTINGS)
  const policy = signal<Policy>({})
  const accounts = signal<AccountView[] | undefined>()
  const use = signal<StorageUse | undefined>()
  /** What the last change replaced. */
  const before = signal<Partial<Settings> | undefined>()

  async function loadAccounts(): Promise<void> {
    accounts.value = (await ask('accounts').catch(leaveAsIs)) ?? accounts.value ?? []
    use.value = (await ask('storageUse').catch(leaveAsIs)) ?? use.value
  }

  async function load(): Promise<void> {
    settings.value = (await ask('settings').catch(leaveAsIs)) ?? settings.value
    policy.value = (await ask('policy').catch(leaveAsIs)) ?? policy.value
    await loadAccounts()
  }

  async function change<Name extends keyof Settings>(name: Name, value: Settings[Name]): Promise<void> {
    const replaced = { [name]: settings.value[name] }
    settings.value = { ...settings.value, [name]: value }
    const stored = await ask('saveSettings', { [name]: value }).catch(leaveAsIs)
    settings.value = stored ?? { ...settings.value, ...replaced }
    before.value = stored ? replaced : undefined
  }

  async function undo(): Promise<void> {
    const replaced = before.value
    if (!replaced) return
    before.value = undefined
    settings.value = (await ask('saveSettings', replaced).catch(leaveAsIs)) ?? settings.value
  }

  async function then(done: Promise<unknown>): Promise<void> {
    await done.catch(leaveAsIs)
    await loadAccounts()
  }

  const stop = onChange(({ topics }) => {
    if (topics.includes('settings')) load()
    else if (topics.includes('accounts') || topics.includes('sync')) loadAccounts()
  })

  return {
    connection,
    settings,
    policy,
    accounts,
    use,
    before,
    diagnostics: createDiagnosticsModel({ ask, onChange }),
    teacher: createTeacherModel(connection, accounts),
    load,
    change,
    undo,
    stop,
    setOnlyMe: (accountId: AccountId, onlyMe: boolean) => then(ask('setOnlyMe', { accountId, onlyMe })),
    setQuietHours: (accountId: AccountId, quietHours: QuietHours | undefined) =>
      then(ask('setQuietHours', { accountId, ...(quietHours ? { quietHours } : {}) })),
    setSignature: (accountId: AccountId, courseId: number, text: string) =>
      then(ask('setSignature', { accountId, courseId, text })),
    forgetToken: (accountId: AccountId) => then(ask('forgetToken', { accountId })),
    remove: (accountId: AccountId) => then(ask('removeAccount', { accountId })),
    /** Says what is wrong, if anything is. */
    async useToken(accountId: AccountId, pasted?: string): Promise<Trouble | undefined> {
      const answer = await ask('useToken', { accountId, ...(pasted === undefined ? {} : { pasted }) }).catch(
        leaveAsIs,
      )
      await loadAccounts()
      if (answer === undefined) return { kind: 'unknown', mender: 'wait' }
      return 'mender' in answer ? answer : undefined
    },
  }
}
