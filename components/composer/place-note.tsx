import { useRef } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import type { DeskModel } from '../models/desk.ts'

interface Props {
  desk: DeskModel
  to: string
  personId: number | undefined
  hasText: boolean
}

/** Said when the page moved on to somebody else while these words were written. */
export function PlaceNote({ desk, to, personId, hasText }: Props) {
  const begun = useRef(desk.place.value?.url)
  const place = desk.place.value
  const hasMoved = place !== undefined && place.url !== begun.current
  const isOther = place?.personId !== undefined && place.personId !== personId
  if (!hasText || !(hasMoved || isOther)) return null
  const name = isOther ? place?.personName : undefined
  return (
    <p class="note" role="status">
      {name ? t('pageIsNowAbout', name, to) : t('pageHasChanged', to)}
    </p>
  )
}
