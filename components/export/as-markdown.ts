import type { ExportedDialogue } from '../../lib/dialogue/export.ts'
import type { MessageView } from '../../lib/dialogue/views.ts'
import { zonedText } from '../common/times.ts'
import { sanitiseForPaper } from '../thread/sanitise.ts'
import { authorOf, factsOf, remarksOf, titleOf } from './facts.ts'

/** What is typed must not turn into markup. */
function escaped(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_![\]<>~|]/g, String.raw`\$&`)
    .replace(/^(\s*\d*)([#+.)-])(?=\s|$)/, String.raw`$1\$2`)
}

const MARKS: Record<string, string> = { STRONG: '**', B: '**', EM: '*', I: '*', DEL: '~~', S: '~~' }

function inside(node: Node): string {
  return [...node.childNodes].map(inline).join('')
}

function linkText(element: Element): string {
  const href = element.getAttribute('href')
  return href ? `[${inside(element)}](<${href.replace(/[<>\\\s]/g, encodeURIComponent)}>)` : inside(element)
}

/** On one line: an empty one would end the code, and what follows would be markup. */
function codeText(code: string): string {
  const text = code.replace(/\s+/g, ' ')
  const fence = '`'.repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)))
  return text.includes('`') ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`
}

function inline(node: Node): string {
  if (node instanceof Text) return escaped(node.data)
  if (!(node instanceof Element)) return ''
  if (node.tagName === 'BR') return '  \n'
  if (node.tagName === 'A') return linkText(node)
  if (node.tagName === 'CODE') return codeText(node.textContent)
  const mark = MARKS[node.tagName]
  const text = inside(node)
  return mark && text.trim() !== '' ? `${mark}${text}${mark}` : text
}

function indented(text: string, by: string, first = by): string {
  return text
    .split('\n')
    .map((line, i) => (i === 0 ? first + line : by + line))
    .join('\n')
}

function itemsOf(list: Element): string {
  const start = Number(list.getAttribute('start') ?? 1)
  return [...list.children]
    .map((item, i) => {
      const mark = list.tagName === 'OL' ? `${start + i}. ` : '- '
      return indented(blocks(item).trim(), ' '.repeat(mark.length), mark)
    })
    .join('\n')
}

function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${fence}\n${text.replace(/\n$/, '')}\n${fence}`
}

const BLOCKS: Record<string, (element: Element) => string> = {
  P: inside,
  TR: (row) => [...row.children].map(inside).join(' | '),
  PRE: (pre) => fenced(pre.textContent),
  BLOCKQUOTE: (quote) => indented(blocks(quote).trim(), '> '),
  UL: itemsOf,
  OL: itemsOf,
  HR: () => '---',
}
for (const name of ['DIV', 'TABLE', 'THEAD', 'TBODY', 'TFOOT', 'CAPTION', 'LI']) BLOCKS[name] = blocks

/** Blocks stand apart; whatever stands between them is a paragraph. */
export function blocks(parent: ParentNode & Node): string {
  const parts: string[] = []
  let loose = ''
  const close = () => {
    if (loose.trim() !== '') parts.push(loose.trim())
    loose = ''
  }
  for (const node of parent.childNodes) {
    const block = node instanceof Element ? BLOCKS[node.tagName] : undefined
    if (!block) loose += inline(node)
    else {
      close()
      parts.push(block(node as Element))
    }
  }
  close()
  return parts.join('\n\n')
}

function messageText(message: MessageView): string {
  const head = `## ${escaped(authorOf(message))}, ${zonedText(message.timeCreated)}`
  const remarks = remarksOf(message).map((remark) => `*${escaped(remark)}*`)
  return [head, blocks(sanitiseForPaper(message.html)), ...remarks].filter(Boolean).join('\n\n')
}

export function asMarkdown(dialogues: readonly ExportedDialogue[], now: number): string {
  const each = dialogues.map((dialogue) => {
    const facts = factsOf(dialogue, now).map(([name, value]) => `- ${escaped(name)}: ${escaped(value)}`)
    return [`# ${escaped(titleOf(dialogue))}`, facts.join('\n'), ...dialogue.messages.map(messageText)].join(
      '\n\n',
    )
  })
  return `${each.join('\n\n---\n\n')}\n`
}
