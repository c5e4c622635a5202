import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'
import type { DialogueRow, ThreadView } from '../../lib/dialogue/views.ts'
import { isShortcut } from '../common/shortcut.ts'
import type { DeskModel } from '../models/desk.ts'
import { isSameRef, refKey } from '../models/ref.ts'

function rowAt(frame: HTMLElement): HTMLElement | undefined {
  const focused = frame.querySelector<HTMLElement>('.row:focus, .rows-item:focus-within .row')
  return focused ?? frame.querySelector<HTMLElement>('.row[tabindex="0"]') ?? undefined
}

/** In the list the focus goes on; the first press only shows where it is. */
function moveInList(frame: HTMLElement, by: number): void {
  const rows = [...frame.querySelectorAll<HTMLElement>('.row')]
  const at = rows.findIndex((row) => row.matches(':focus'))
  const next = at < 0 ? rowAt(frame) : rows[at + by]
  next?.focus()
}

function moveOpen(desk: DeskModel, by: number): void {
  const rows = desk.list.rows.value
  const at = rows.findIndex(({ ref }) => isSameRef(ref, desk.openRef.value))
  const next = rows[at + by]
  if (next) desk.open(next.ref, true)
}

function isListLevel(desk: DeskModel): boolean {
  return desk.route.value.level !== 'dialogue'
}

/** By the model: a click that a script makes does nothing here. */
function open(desk: DeskModel, frame: HTMLElement): void {
  const { route } = desk
  if (route.value.level === 'dialogue') return openPage(desk, route.value.answer.thread.view.value)
  const row = rowIn(desk, frame)
  if (row) desk.open(row.ref, true)
}

function openPage({ isOwnPage }: DeskModel, view: ThreadView | undefined): void {
  if (view?.about) window.open(view.about.url, isOwnPage ? '_blank' : '_top', 'noreferrer')
}

function rowIn(desk: DeskModel, frame: HTMLElement): DialogueRow | undefined {
  const key = rowAt(frame)?.dataset.key
  return desk.list.rows.value.find(({ ref }) => refKey(ref) === key)
}

function select(desk: DeskModel, frame: HTMLElement): void {
  const row = rowIn(desk, frame)
  if (row) desk.list.selection.toggle(row)
}

const KEYS: Record<string, (desk: DeskModel, frame: HTMLElement) => void> = {
  j: (desk, frame) => (isListLevel(desk) ? moveInList(frame, 1) : moveOpen(desk, 1)),
  k: (desk, frame) => (isListLevel(desk) ? moveInList(frame, -1) : moveOpen(desk, -1)),
  o: open,
  r: (_, frame) => frame.querySelector<HTMLElement>('.desk-side .editor')?.focus(),
  c: (desk) => void desk.writeNew(),
  x: select,
  '?': (desk) => {
    desk.deeds.sheet.value = { kind: 'keys' }
  },
}

/** While something lies over it, the keys are that thing's. */
function isCovered(frame: HTMLElement): boolean {
  return frame.querySelector('dialog[open], :popover-open') !== null
}

/**
 * Single letters, only from inside of the panel, or on our own pages: the page's own keys stay its own. "/" is the
 * search button's.
 */
export function useKeys(desk: DeskModel, frame: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const place = desk.isOwnPage ? document : frame.current
    const onKey = (event: Event) => {
      if (!(event instanceof KeyboardEvent) || !desk.settings.value.keys || !frame.current) return
      const act = KEYS[event.key]
      if (!act || !isShortcut(event) || isCovered(frame.current)) return
      event.preventDefault()
      act(desk, frame.current)
    }
    place?.addEventListener('keydown', onKey)
    return () => place?.removeEventListener('keydown', onKey)
  }, [desk])
}
