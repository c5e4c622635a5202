import { fragmentOf } from './address.ts'
import { type HtmlNode, parseHtml } from './html-tree.ts'
import { isDialogueId, isKey } from './key.ts'
import type { Does, Link } from './link.ts'
import { type SiteAddresses, underPresentRoot } from './site.ts'
import { collapse } from './words.ts'

/** The link at the end of a rendered message, and the message without it. */
export function readLink(html: string, site: SiteAddresses): { body: string; link?: Link } {
  if (!html.includes('dialogue=')) return { body: html }
  const paragraph = lastParagraph(parseHtml(html))
  const anchor = paragraph && onlyAnchor(paragraph)
  const link = anchor && linkOf(anchor, site)
  if (!link) return { body: html }
  return { body: (html.slice(0, paragraph.start) + html.slice(paragraph.end)).trim(), link }
}

function lastParagraph(nodes: readonly HtmlNode[]): HtmlNode | undefined {
  let level = relevant(nodes)
  for (;;) {
    const [only] = level
    if (level.length !== 1 || (only?.name !== 'div' && only?.name !== 'span')) break
    level = relevant(only.children)
  }
  return level.findLast((node) => node.name === 'p')
}

/** Without blanks and without the footnotes that Moodle's Markdown appends. */
function relevant(nodes: readonly HtmlNode[]): HtmlNode[] {
  const seen = nodes.filter((node) => !isBlankText(node))
  const last = seen.at(-1)
  const isFootnotes = last?.name === 'div' && /(^|\s)footnotes(\s|$)/.test(last.attributes.class ?? '')
  return isFootnotes ? seen.slice(0, -1) : seen
}

function onlyAnchor(paragraph: HtmlNode): HtmlNode | undefined {
  const children = paragraph.children.filter((node) => !isBlankText(node))
  return children.length === 1 && children[0]?.name === 'a' ? children[0] : undefined
}

function isBlankText(node: HtmlNode): boolean {
  return node.name === '' && node.text.trim() === ''
}

function linkOf(anchor: HtmlNode, site: SiteAddresses): Link | undefined {
  const href = anchor.attributes.href ?? ''
  const url = underPresentRoot(href, site)
  const keys = fragmentOf(href)
  const dialogueId = keys.get('dialogue') ?? ''
  const m = keys.get('m') ?? ''
  if (url === undefined || !isDialogueId(dialogueId) || !isKey(m)) return undefined
  const courseId = positive(keys.get('course'))
  const ruleId = keys.get('rule')
  return {
    dialogueId,
    m,
    does: doesOf(keys.get('do')),
    ...(courseId === undefined ? {} : { courseId }),
    repliesExpected: keys.get('replies') !== 'no',
    ...(ruleId ? { ruleId } : {}),
    text: collapse(textContent(anchor)),
    url: url.split('#', 1)[0] ?? '',
  }
}

function doesOf(value: string | null): Does {
  return value === 'open' || value === 'close' || value === 'reopen' ? value : 'reply'
}

function positive(value: string | null): number | undefined {
  return value !== null && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined
}

function textContent(node: HtmlNode): string {
  if (node.name === 'img') return node.attributes.alt ?? ''
  return node.text + node.children.map(textContent).join('')
}
