import { browser } from 'wxt/browser'
import { siteOf } from '../dialogue/dialogue.ts'
import type { Settings } from './settings.ts'
import { untilChanged } from './until-changed.ts'

const SEVERAL = ['teachers', 'nobody', 'everybody'] as const

/** What the administrator of this browser has set, see docs/policy.md. What is absent, the person decides. */
export interface Policy {
  /** The only sites that Aside may be turned on for, by their wwwroot. */
  sites?: string[]
  retentionDaysMax?: number
  severalRecipients?: (typeof SEVERAL)[number]
  /** How many messages of rules may leave an account in a day. */
  messagesADayMax?: number
  notificationsWithoutContent?: true
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

/** Nothing is believed that does not fit: a slip of the pen must not open what was to be closed. */
export function policyFrom(stored: Record<string, unknown>): Policy {
  const { sites, retentionDaysMax, severalRecipients, messagesADayMax, notificationsWithoutContent } = stored
  const several = SEVERAL.find((value) => value === severalRecipients)
  const isDays = typeof retentionDaysMax === 'number' && retentionDaysMax >= 1
  const isNumber = typeof messagesADayMax === 'number' && messagesADayMax >= 0
  return {
    ...(Array.isArray(sites) ? { sites: sites.filter(isText).filter((site) => URL.canParse(site)) } : {}),
    ...(isDays ? { retentionDaysMax: Math.floor(retentionDaysMax) } : {}),
    ...(several ? { severalRecipients: several } : {}),
    ...(isNumber ? { messagesADayMax: Math.floor(messagesADayMax) } : {}),
    ...(notificationsWithoutContent === true ? { notificationsWithoutContent } : {}),
  }
}

/** Firefox refuses where nobody has set anything. */
const inForce = untilChanged('managed', async () => {
  const stored = await browser.storage.managed.get<Record<string, unknown>>(null).catch(() => undefined)
  return policyFrom(stored ?? {})
})

export const readPolicy: () => Promise<Policy> = inForce.read

export function isAllowedSite({ sites }: Policy, wwwroot: string): boolean {
  return sites?.some((site) => siteOf(site) === siteOf(wwwroot)) ?? true
}

/** The person's settings within what is allowed. */
export function underPolicy(settings: Settings, policy: Policy): Settings {
  return {
    ...settings,
    retentionDays: Math.min(settings.retentionDays, policy.retentionDaysMax ?? settings.retentionDays),
    notificationsWithoutContent: policy.notificationsWithoutContent ?? settings.notificationsWithoutContent,
  }
}

/** Whether what is in force now is no longer what was. */
export function onPolicyChange(changed: () => void): void {
  browser.storage.onChanged.addListener((_, area) => {
    if (area === 'managed') changed()
  })
}
