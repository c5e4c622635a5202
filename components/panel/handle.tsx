import { useState } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'

export const MIN_WIDTH = 320
export const MAX_WIDTH = 640
const STEP = 16

export function clampWidth(px: number): number {
  return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, px)))
}

interface Props {
  width: number
  isRtl: boolean
  onWidth: (px: number) => void
  /** The hand let go. */
  onSettled: (px: number) => void
}

/** The edge to pull: by pointer, or by arrows as a window splitter. */
export function Handle({ width, isRtl, onWidth, onSettled }: Props) {
  const [isDragging, setDragging] = useState(false)

  function widthAt(clientX: number): number {
    return clampWidth(isRtl ? clientX : document.documentElement.clientWidth - clientX)
  }

  function onKey(event: KeyboardEvent): void {
    const towardsPage = isRtl ? 'ArrowRight' : 'ArrowLeft'
    const towardsEdge = isRtl ? 'ArrowLeft' : 'ArrowRight'
    const next = {
      [towardsPage]: width + STEP,
      [towardsEdge]: width - STEP,
      Home: MIN_WIDTH,
      End: MAX_WIDTH,
    }[event.key]
    if (next === undefined) return
    event.preventDefault()
    onWidth(clampWidth(next))
    onSettled(clampWidth(next))
  }

  return (
    // A focusable separator is the splitter of ARIA; <hr> cannot be moved.
    <div
      class="panel-handle"
      role="separator"
      aria-orientation="vertical"
      aria-label={t('resizePanel')}
      aria-valuenow={width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      tabIndex={0}
      data-dragging={isDragging}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        setDragging(true)
      }}
      onPointerMove={(event) => isDragging && onWidth(widthAt(event.clientX))}
      onPointerUp={(event) => {
        setDragging(false)
        onSettled(widthAt(event.clientX))
      }}
      onPointerCancel={() => setDragging(false)}
    />
  )
}
