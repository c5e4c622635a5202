import { Parser, type Token, type Tokens } from 'marked'
import { type Block, blocksOf } from './blocks.ts'
import { inline, plainInline } from './inline.ts'
import { asIs, inlineTokens } from './inline-tokens.ts'
import { MARK } from './marks.ts'
import { withoutControls } from './words.ts'

export { applyMarkup, type MarkupKind } from './apply-markup.ts'
export { breakLine } from './break-line.ts'
export { MARK } from './marks.ts'

/** What is sent. The words in it are the words typed, whatever they are; no HTML in them can act. */
export function toHtml(text: string): string {
  return Parser.parse(blocksOf(tidy(text)).map(blockToken), {})
    .replace(/>\n</g, '><')
    .trim()
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

function blockToken(block: Block): Token {
  switch (block.kind) {
    case 'paragraph':
      return { type: 'paragraph', raw: '', text: '', tokens: inlineTokens(block.text) }
    case 'code':
      return { type: 'html', raw: '', text: asIs('pre', `${block.text.replaceAll(MARK, '')}\n`) }
    case 'quote':
      return { type: 'blockquote', raw: '', text: '', tokens: block.blocks.map(blockToken) }
    case 'list':
      return {
        type: 'list',
        raw: '',
        ordered: block.start !== undefined,
        start: block.start ?? '',
        loose: false,
        items: block.items.map(item),
      }
  }
}

function item(text: string): Tokens.ListItem {
  const tokens = [{ type: 'text', raw: '', text: '', tokens: inlineTokens(text) }]
  return { type: 'list_item', raw: '', text: '', task: false, loose: false, tokens }
}
