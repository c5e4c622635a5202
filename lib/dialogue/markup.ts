import { type Block, blocksOf } from './blocks.ts'
import { inline, plainInline } from './inline.ts'
import { asIs, inlineHtml } from './inline-html.ts'
import { MARK } from './marks.ts'
import { withoutControls } from './words.ts'

export { applyMarkup, type MarkupKind } from './apply-markup.ts'
export { breakLine } from './break-line.ts'
export { MARK } from './marks.ts'

/** What is sent. The words in it are the words typed, whatever they are; no HTML in them can act. */
export function toHtml(text: string): string {
  return blocksOf(tidy(text)).map(blockHtml).join('')
}

/** The words alone. */
export function toPlain(text: string): string {
  return blocksOf(tidy(text)).map(plainBlock).join('\n').trim()
}

function tidy(text: string): string {
  return withoutControls(text.replace(/\r\n?/g, '\n'))
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return plainInline(inline(block.text))
    case 'code':
      return block.text.replaceAll(MARK, '')
    case 'quote':
      return block.blocks.map(plainBlock).join('\n')
    case 'list':
      return block.items.map((item) => plainInline(inline(item))).join('\n')
  }
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${inlineHtml(block.text)}</p>`
    case 'code':
      return asIs('pre', `${block.text.replaceAll(MARK, '')}\n`)
    case 'quote':
      return `<blockquote>${block.blocks.map(blockHtml).join('')}</blockquote>`
    case 'list':
      return listHtml(block.items, block.start)
  }
}

function listHtml(items: string[], start: number | undefined): string {
  const made = items.map((item) => `<li>${inlineHtml(item)}</li>`).join('')
  if (start === undefined) return `<ul>${made}</ul>`
  return `<ol${start === 1 ? '' : ` start="${start}"`}>${made}</ol>`
}
