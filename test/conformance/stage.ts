import type { FunctionName, MoodleClient, Reach } from '../../lib/moodle/index.ts'
import type { People } from './people.ts'
import type { Place } from './place.ts'
import type { Site, Who } from './site.ts'

/** Everything that a test needs: the site, who is logged in, the ids, and the transport it is about. */
export interface Stage {
  readonly site: Site
  readonly people: People
  readonly place: Place
  readonly transport: Reach
  /** A person's client over the transport that is judged. */
  readonly as: (who: Who) => MoodleClient
  /** A person's client over a token: to look and to tidy up, also where the session cannot. */
  readonly aside: (who: Who) => MoodleClient
}

export type Writes = { readonly [N in FunctionName]?: (stage: Stage) => Promise<void> }

export function createStage(site: Site, people: People, place: Place, transport: Reach): Stage {
  return {
    site,
    people,
    place,
    transport,
    as: (who) => people[who].over[transport],
    aside: (who) => people[who].over.rest,
  }
}
