import { plural, t } from '../../lib/extension/text.ts'
import { troubleWords } from '../common/trouble-words.ts'
import type { SearchModel } from '../models/search.ts'
import { Hits } from './hits.tsx'

interface Props {
  search: SearchModel
  siteNames: Map<string, string>
}

function statusWords({ answer, groups, isGoing }: SearchModel): string {
  if (isGoing.value) return t('reading')
  const found = answer.value
  if (!found) return t('searchHint')
  const { more, toIndex } = found
  const shown = groups.value.reduce((sum, { hits }) => sum + hits.length, 0)
  const count = more ? t('searchFirst', shown) : plural('searchFound', shown)
  return toIndex > 0 ? `${count} ${plural('searchBehind', toIndex)}` : count
}

/** What only the site holds comes at a click, and stands below. */
function FromSite({ search, siteNames }: Props) {
  const { state, hits, next, trouble } = search.site.value
  const isAsking = state === 'asking'
  return (
    <section class="search-site" aria-label={t('searchSite')}>
      {hits.length > 0 && (
        <Hits
          groups={search.siteGroups.value}
          label={t('searchSite')}
          siteNames={siteNames}
          onOpen={(hit) => search.openHit(hit, true)}
        />
      )}
      <p class="search-note" role="status">
        {isAsking && t('searchAsking')}
        {trouble && troubleWords(trouble)}
        {state === 'answered' && !trouble && hits.length === 0 && t('searchSiteNothing')}
      </p>
      {state === 'not-asked' && (
        <button type="button" class="text-button" onClick={search.searchSite}>
          {t('searchSite')}
        </button>
      )}
      {state === 'answered' && next.length > 0 && (
        <button type="button" class="text-button" onClick={search.moreFromSite}>
          {t('showMore')}
        </button>
      )}
    </section>
  )
}

export function Results({ search, siteNames }: Props) {
  const found = search.answer.value
  return (
    <>
      <p class="search-note" role="status">
        {statusWords(search)}
      </p>
      <div class="rows">
        {search.groups.value.length > 0 && (
          <Hits
            groups={search.groups.value}
            label={t('searchResults')}
            siteNames={siteNames}
            onOpen={(hit) => search.openHit(hit, false)}
          />
        )}
        {found?.more && (
          <button type="button" class="text-button" onClick={search.more}>
            {t('showMore')}
          </button>
        )}
        {found && <FromSite search={search} siteNames={siteNames} />}
      </div>
    </>
  )
}
