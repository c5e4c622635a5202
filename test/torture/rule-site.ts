import fc from 'fast-check'
import type { Site } from './site.ts'
import { MISHAPS } from './wire.ts'

/* What the torture of rules sees of the site, and does to the wire. */

export const COURSE = 2

export const mishap = fc.record({
  mishap: fc.constantFrom(...MISHAPS),
  onSend: fc.constantFrom(true, true, false),
  skip: fc.constantFrom(0, 0, 1, 2),
})

export function studentsNow(site: Site): number[] {
  return [...(site.state.courses.get(COURSE)?.enrolments.values() ?? [])]
    .filter(({ role, suspended }) => role === 'student' && !suspended)
    .map(({ userid }) => userid)
}

/** The rule's messages from this person, as they stand on the site. */
export function copiesOf(site: Site, from: number, ruleId: string) {
  return site
    .messages()
    .filter(({ useridfrom, text }) => useridfrom === from && text.includes(`rule=${ruleId}`))
    .map(({ conversationid, timecreated: time }) => {
      const members = site.state.conversations.get(conversationid)?.members ?? new Set<number>()
      return { from, to: [...members].find((id) => id !== from) ?? from, time }
    })
}

/** Who was in the audience at any time, and since when those are out who no longer are. */
export interface Meant {
  site: Site
  everMeant: Set<number>
  outSince: Map<number, number>
}

export function noteMeant({ site, everMeant, outSince }: Meant, meant: readonly number[]): void {
  const now = new Set(meant)
  for (const id of now) {
    everMeant.add(id)
    outSince.delete(id)
  }
  for (const id of everMeant) if (!now.has(id) && !outSince.has(id)) outSince.set(id, site.clock.now())
}
