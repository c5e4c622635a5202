import { describe, expect, test } from 'vitest'
import { signInPerson } from '../conformance/people.ts'
import { site } from './config.ts'
import { contradictions } from './contradictions.ts'
import { findIds } from './find-ids.ts'
import { createIds } from './ids.ts'
import { type Verdict, type Visit, walk } from './walk.ts'

const ofKind = (visits: readonly Visit[], ...kinds: Verdict['kind'][]) =>
  visits.filter(({ verdict }) => kinds.includes(verdict.kind))

const reasonOf = ({ wsfunction, verdict }: Visit): string => {
  if (verdict.kind === 'refused') return verdict.errorcode
  return verdict.kind === 'not-asked' ? verdict.missing : wsfunction
}

function tell(visits: readonly Visit[]): void {
  const rows = [`agrees: ${ofKind(visits, 'agrees').length}`]
  for (const kind of ['contradicts', 'contradicts-itself', 'refused', 'not-asked'] as const) {
    const some = Map.groupBy(ofKind(visits, kind), reasonOf)
    const reasons = [...some].map(([reason, all]) => (all.length > 1 ? `${reason} (${all.length})` : reason))
    rows.push(`${kind}: ${ofKind(visits, kind).length} ${reasons.join(', ')}`)
  }
  console.log(rows.join('\n'))
}

const walks = [
  ['teacher', 'session'],
  ['teacher', 'rest'],
  ['student1', 'session'],
  ['student1', 'rest'],
] as const

describe('every read function of the catalogue', () => {
  test.each(walks)('for the %s over the %s transport', { timeout: 600_000 }, async (who, transport) => {
    const other = await signInPerson(site, site.accounts.student2)
    const person = await signInPerson(site, site.accounts[who])
    const ids = createIds()
    await findIds(ids, site, person.over.rest, other.userid)
    const visits = await walk(person.over[transport], ids)
    tell(visits)
    const wrong = ofKind(visits, 'contradicts', 'contradicts-itself')
    expect(wrong.filter(({ wsfunction }) => !(wsfunction in contradictions))).toEqual([])
    expect(ofKind(visits, 'agrees').length).toBeGreaterThan(50)
  })
})
