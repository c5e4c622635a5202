import { applyMarkup, type MarkupKind } from '../../lib/dialogue/apply-markup.ts'
import { pairsIn } from '../../lib/dialogue/marks.ts'

/** Through the browser's own editing, so that its undo takes it back. */
function replaceAll(area: HTMLTextAreaElement, text: string): void {
  area.focus()
  area.select()
  if (document.execCommand?.('insertText', false, text)) return
  area.value = text
}

/** In place of the selection. */
export function insert(area: HTMLTextAreaElement, text: string): void {
  area.focus()
  if (document.execCommand?.('insertText', false, text)) return
  area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end')
}

/** Marks the selection and gives the new text. */
export function mark(area: HTMLTextAreaElement, kind: MarkupKind, url?: string): string {
  const { selectionStart, selectionEnd, value } = area
  const next = applyMarkup(value, selectionStart, selectionEnd, kind, url)
  replaceAll(area, next.text)
  area.setSelectionRange(next.start, next.end)
  return next.text
}

export function isInLink({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): boolean {
  return pairsIn(value).some(
    ({ kind, start, end }) => kind === 'link' && start <= selectionStart && selectionEnd <= end,
  )
}

/** What was typed as an address, with the scheme people leave out. */
export function addressOf(typed: string): string | undefined {
  const trimmed = typed.trim()
  if (trimmed === '') return
  const whole = /^(https?:|mailto:)/i.test(trimmed) ? trimmed : `https://${trimmed}`
  return URL.canParse(whole) ? whole : undefined
}
