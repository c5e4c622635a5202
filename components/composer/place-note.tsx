import { useRef } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'
import { StatusNote } from '../common/status-note.tsx'
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
  const name = isOther ? place?.personName : undefined
  return (
    <StatusNote>
      {hasText && (hasMoved || isOther) && (name ? t('pageIsNowAbout', name, to) : t('pageHasChanged', to))}
    </StatusNote>
  )
}
