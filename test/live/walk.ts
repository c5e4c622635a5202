import { catalogue, describe, type Listing, listings } from '../../lib/moodle/catalogue.ts'
import { reaches } from '../../lib/moodle/define.ts'
import { type MoodleClient, moodleErrorOf, type TransportKind } from '../../lib/moodle/index.ts'
import { harvest, type Ids, wishFor } from './ids.ts'

export type Verdict =
  | { readonly kind: 'agrees' }
  /** The client would refuse this answer: it is not what the function's description says. */
  | { readonly kind: 'contradicts'; readonly path: string }
  /** Moodle itself refuses what its own function answers. */
  | { readonly kind: 'contradicts-itself'; readonly reason: string }
  | { readonly kind: 'refused'; readonly errorcode: string }
  | { readonly kind: 'not-asked'; readonly missing: string }

export interface Visit {
  readonly wsfunction: string
  readonly transport: TransportKind
  readonly verdict: Verdict
}

/** Said to be reads, yet they set, send or count something. */
const changesThings =
  /_(?:set|send|create|submit|start|view|viewed|delete|reset|copy|mark)(?:_|$)|_and_start_/

const isRead = ([name, { type }]: [string, Listing]): boolean => type === 'read' && !changesThings.test(name)

/** Asks every read function that a transport reaches. What one answers may be what another needs, so there are two rounds. */
export async function walk(moodle: MoodleClient, ids: Ids): Promise<Visit[]> {
  const visits = new Map<string, Visit>()
  const reads = [...listings()].filter(isRead).filter(([, listing]) => reaches(listing, moodle.kind))
  for (const _round of [1, 2]) {
    for (const [wsfunction, { component }] of reads) {
      const known = visits.get(wsfunction)?.verdict.kind
      if (known !== undefined && known !== 'not-asked') continue
      const verdict = await visit(moodle, wsfunction, component, ids)
      visits.set(wsfunction, { wsfunction, transport: moodle.kind, verdict })
    }
  }
  return [...visits.values()]
}

async function visit(moodle: MoodleClient, name: string, component: string, ids: Ids): Promise<Verdict> {
  const wish = wishFor(component, await describe(name), ids)
  if (typeof wish === 'string') return { kind: 'not-asked', missing: wish }
  try {
    const answer = await moodle.callUnregistered(name, await catalogue.load(name), wish)
    harvest(ids, component, answer)
    return { kind: 'agrees' }
  } catch (error) {
    return verdictOn(error)
  }
}

function verdictOn(error: unknown): Verdict {
  const known = moodleErrorOf(error)
  if (known?.kind === 'params') return { kind: 'not-asked', missing: known.path }
  if (known?.kind === 'malformed') return { kind: 'contradicts', path: known.path }
  if (known?.kind !== 'moodle') throw error
  const { errorcode, reason, exception } = known
  if (errorcode === 'invalidresponse') return { kind: 'contradicts-itself', reason }
  return { kind: 'refused', errorcode: errorcode || exception }
}
