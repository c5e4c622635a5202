import type { TargetedPointerEvent } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../../lib/extension/text.ts'

const MIN_WIDTH = 320
const MAX_WIDTH = 640
const STEP = 16

function clampWidth(px: number): number {
  return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, px)))
}

interface Props {
  width: number
  isRtl: boolean
  onWidth: (px: number) => void
  /** The hand let go. */
  onSettled: (px: number) => void
}

/** The edge to pull: by pointer, or by arrows as the window splitter of ARIA. */
export function Handle({ width, isRtl, onWidth, onSettled }: Props) {
  const [isDragging, setDragging] = useState(false)

  function widthAt(clientX: number): number {
    return clampWidth(isRtl ? clientX : document.documentElement.clientWidth - clientX)
  }

  function onKey(event: KeyboardEvent): void {
    const wider = isRtl ? 'ArrowRight' : 'ArrowLeft'
    const narrower = isRtl ? 'ArrowLeft' : 'ArrowRight'
    const next = { [wider]: width + STEP, [narrower]: width - STEP, Home: MIN_WIDTH, End: MAX_WIDTH }[
      event.key
    ]
    if (next === undefined) return
    event.preventDefault()
    onWidth(clampWidth(next))
    onSettled(clampWidth(next))
  }

  const splitter = {
    role: 'separator',
    tabIndex: 0,
    'aria-orientation': 'vertical',
    'aria-label': t('resizePanel'),
    'aria-valuenow': width,
    'aria-valuemin': MIN_WIDTH,
    'aria-valuemax': MAX_WIDTH,
    onKeyDown: onKey,
    onPointerDown(event: TargetedPointerEvent<HTMLDivElement>) {
      event.currentTarget.setPointerCapture(event.pointerId)
      setDragging(true)
    },
    onPointerMove: ({ clientX }: PointerEvent) => isDragging && onWidth(widthAt(clientX)),
    onPointerUp({ clientX }: PointerEvent) {
      setDragging(false)
      onSettled(widthAt(clientX))
    },
    onPointerCancel: () => setDragging(false),
  } as const
  return <div {...splitter} class="panel-handle" data-dragging={isDragging} />
}
