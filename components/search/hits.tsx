import type { SearchHit } from '../../lib/dialogue/search-hit.ts'
import { nowSeconds } from '../common/times.ts'
import type { HitGroup } from '../models/search.ts'
import { Hit } from './hit.tsx'

interface Props {
  groups: HitGroup[]
  label: string
  siteNames: Map<string, string>
  onOpen: (hit: SearchHit) => void
}

/** Dialogues with what was found in each; arrows move among all that is found, wherever it stands. */
export function Hits({ groups, label, siteNames, onOpen }: Props) {
  const now = nowSeconds()
  return (
    <ul class="rows-all hits" aria-label={label}>
      {groups.map(({ key, hits }) => (
        <li key={key} class="rows-item">
          {hits.map((hit, i) => (
            <button
              key={hit.messageId ?? 0}
              type="button"
              class="row hit"
              data-first={i === 0}
              onClick={() => onOpen(hit)}
            >
              <Hit hit={hit} isFirst={i === 0} now={now} siteName={siteNames.get(hit.ref.accountId)} />
            </button>
          ))}
        </li>
      ))}
    </ul>
  )
}
