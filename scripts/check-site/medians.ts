import { performance } from 'node:perf_hooks'
import type { MoodleClient, NameOver, Params, TransportKind } from '../../lib/moodle/index.ts'

export interface Median {
  readonly function: string
  readonly transport: TransportKind
  readonly ms: number
}

const TIMES = 5

async function medianOf(work: () => Promise<unknown>): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < TIMES; n++) {
    const began = performance.now()
    await work()
    took.push(performance.now() - began)
  }
  const middle = took.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? 0
  return Math.round(middle * 10) / 10
}

/** A few cheap reads, one after the other; one that is refused is left out. */
export async function medians(moodle: MoodleClient, userid: number): Promise<Median[]> {
  const found: Median[] = []
  async function take<N extends NameOver<TransportKind>>(name: N, params: Params<N>): Promise<void> {
    try {
      const ms = await medianOf(() => moodle.call(name, params))
      found.push({ function: name, transport: moodle.kind, ms })
    } catch {
      // What a site refuses is said elsewhere.
    }
  }
  await take('core_message_get_unread_conversations_count', { useridto: userid })
  await take('core_message_get_messages', {
    useridto: userid,
    useridfrom: 0,
    type: 'conversations',
    read: 2,
    newestfirst: true,
    limitfrom: 0,
    limitnum: 20,
  })
  await take('core_course_get_enrolled_courses_by_timeline_classification', {
    classification: 'all',
    limit: 10,
  })
  return found
}
