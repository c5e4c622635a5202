import type { Draft } from '../../lib/dialogue/draft.ts'
import { randomKey } from './ref.ts'

/** Which stored revisions of a draft the words on this screen take up. */
export function createRevisions(first: string | undefined) {
  let known = first === undefined ? [] : [first]
  const basedOn = () => (known.length > 0 ? { basedOn: known } : {})
  return {
    basedOn,
    /** As it is sent to be stored; what is typed before the answer comes takes it up too. */
    toStore(draft: Draft): Draft & { revision: string } {
      const revision = randomKey()
      const whole = { ...draft, revision, ...basedOn() }
      known = [...known, revision]
      return whole
    },
    /** Stored just so: what was before it is over. */
    stored(revision: string): void {
      known = known.slice(Math.max(0, known.indexOf(revision)))
    },
    /** The words here are those of this revision, or the person is shown what else is in it. */
    isNow(revision: string | undefined): void {
      known = revision === undefined ? [] : [revision]
    },
    isKnown: (revision: string): boolean => known.includes(revision),
  }
}
