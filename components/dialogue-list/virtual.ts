import { elementScroll, measureElement, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core'
import type { RefObject } from 'preact'
import { useLayoutEffect, useReducer, useState } from 'preact/hooks'

export type ListVirtualizer = Virtualizer<HTMLElement, HTMLElement>

interface Options {
  count: number
  estimate: number
  keyOf: (index: number) => string
  scroller: RefObject<HTMLElement | null>
}

type VirtualizerOptions = ConstructorParameters<typeof Virtualizer<HTMLElement, HTMLElement>>[0]

/** A pane that is not shown has no height; it keeps the rows it had. */
const observeShownRect: VirtualizerOptions['observeElementRect'] = (virtualizer, changed) =>
  observeElementRect(virtualizer, (rect) => {
    if (rect.height > 0) changed(rect)
  })

/** Draws only the rows in sight. The first drawing guesses the height, so that it needs no second one. */
export function useVirtual({ count, estimate, keyOf, scroller }: Options): ListVirtualizer {
  const [, redraw] = useReducer((turn: number) => turn + 1, 0)
  const options: VirtualizerOptions = {
    count,
    overscan: 4,
    estimateSize: () => estimate,
    getItemKey: keyOf,
    getScrollElement: () => scroller.current,
    initialRect: { width: 400, height: globalThis.innerHeight || 800 },
    observeElementRect: observeShownRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    measureElement,
    indexAttribute: 'data-index',
    onChange: () => redraw(0),
  }
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options))
  virtualizer.setOptions(options)
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer._willUpdate())
  return virtualizer
}
