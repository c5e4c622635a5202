import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { isAllowedSite, policyFrom, readPolicy, underPolicy } from '../../lib/extension/policy.ts'
import { DEFAULT_SETTINGS } from '../../lib/extension/settings.ts'
import { changeSettings, readSettings } from '../../lib/extension/store-settings.ts'
import schema from '../../public/managed-schema.json' with { type: 'json' }

const SCHOOL = 'https://moodle.example/school'

/** As an administrator sets it, outside the reach of extension and person. */
async function set(policy: Record<string, unknown>): Promise<void> {
  await fakeBrowser.storage.managed.set(policy)
}

beforeEach(() => fakeBrowser.reset())

describe('what an administrator sets', () => {
  it('is nothing where nobody set anything', async () => {
    expect(await readPolicy()).toEqual({})
  })

  it('is nothing where the browser refuses to tell', async () => {
    vi.spyOn(fakeBrowser.storage.managed, 'get').mockRejectedValueOnce(
      new Error('Managed storage manifest not found'),
    )
    expect(await readPolicy()).toEqual({})
  })

  it('has the names that the schema tells the browser', () => {
    const all = {
      sites: [SCHOOL],
      retentionDaysMax: 60,
      severalRecipients: 'teachers',
      messagesADayMax: 500,
      notificationsWithoutContent: true,
    }
    expect(Object.keys(policyFrom(all)).sort()).toEqual(Object.keys(schema.properties).sort())
  })

  it.each([
    ['retentionDaysMax', '60'],
    ['retentionDaysMax', 0],
    ['severalRecipients', 'students'],
    ['messagesADayMax', -1],
    ['messagesADayMax', 'many'],
    ['notificationsWithoutContent', 'yes'],
    ['sites', SCHOOL],
  ])('counts as not set where it does not fit: %s %j', (name, value) => {
    expect(policyFrom({ [name]: value })).toEqual({})
  })

  it('narrows what the person chose, and gives it back when it goes', async () => {
    await changeSettings({ retentionDays: 180, notificationsWithoutContent: false })
    await set({ retentionDaysMax: 60, notificationsWithoutContent: true })
    expect(await readSettings()).toMatchObject({ retentionDays: 60, notificationsWithoutContent: true })
    const answer = await changeSettings({ notificationsWithoutContent: false, sendWith: 'enter' })
    expect(answer).toMatchObject({ notificationsWithoutContent: true, sendWith: 'enter', retentionDays: 60 })
    await fakeBrowser.storage.managed.clear()
    expect(await readSettings()).toMatchObject({ retentionDays: 180, notificationsWithoutContent: false })
  })

  it('leaves a shorter retention to the person', () => {
    expect(
      underPolicy({ ...DEFAULT_SETTINGS, retentionDays: 30 }, { retentionDaysMax: 60 }).retentionDays,
    ).toBe(30)
  })

  it('names sites by host and path, whatever the scheme; an empty list allows none', () => {
    expect(isAllowedSite({}, SCHOOL)).toBe(true)
    expect(isAllowedSite({ sites: ['http://moodle.example/school/'] }, SCHOOL)).toBe(true)
    expect(isAllowedSite({ sites: ['https://moodle.example'] }, SCHOOL)).toBe(false)
    expect(isAllowedSite({ sites: [] }, SCHOOL)).toBe(false)
    expect(isAllowedSite(policyFrom({ sites: ['moodle'] }), SCHOOL)).toBe(false)
  })
})
