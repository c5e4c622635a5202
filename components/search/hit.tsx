import type { SearchHit } from '../../lib/dialogue/search-hit.ts'
import { t } from '../../lib/extension/text.ts'
import { isoText, shortText, wholeText } from '../common/times.ts'
import { MarkedText } from './marked.tsx'

function People({ kind, people }: SearchHit) {
  if (kind === 'self' || people.text === '') return <span>{t(kind === 'self' ? 'onlyYou' : 'nobody')}</span>
  return <MarkedText {...people} />
}

function When({ hit: { time }, now }: { hit: SearchHit; now: number }) {
  return (
    <time class="row-time" dateTime={isoText(time)} title={wholeText(time)}>
      <bdi>{shortText(time, now)}</bdi>
    </time>
  )
}

function Head({ hit, siteName, now }: Omit<Props, 'isFirst'>) {
  return (
    <>
      <span class="row-head">
        <span class="row-title private" dir="auto">
          {hit.subject ? <MarkedText {...hit.subject} /> : <People {...hit} />}
        </span>
        <When hit={hit} now={now} />
      </span>
      {hit.subject && (
        <span class="row-line private" dir="auto">
          <People {...hit} />
        </span>
      )}
      {siteName && <span class="row-line row-place">{siteName}</span>}
    </>
  )
}

interface Props {
  hit: SearchHit
  /** The first of its dialogue says which dialogue it is. */
  isFirst: boolean
  now: number
  siteName: string | undefined
}

export function Hit({ hit, isFirst, now, siteName }: Props) {
  const author = hit.mine ? t('you') : hit.authorName
  return (
    <>
      {isFirst && <Head hit={hit} siteName={siteName} now={now} />}
      <span class="row-head">
        <span class="hit-words private" dir="auto">
          {author && `${t('said', author)} `}
          <MarkedText {...hit.snippet} />
        </span>
        {!isFirst && <When hit={hit} now={now} />}
      </span>
    </>
  )
}
