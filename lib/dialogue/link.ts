import { fragmentOf } from './address.ts'
import { type DialogueId, GENERAL } from './dialogue.ts'
import { type HtmlNode, parseHtml } from './html-tree.ts'
import { isDialogueId, isKey } from './key.ts'
import { type SiteAddresses, underPresentRoot } from './site.ts'
import { collapse, cutAtCharacter, escapeHtml, withoutControls } from './words.ts'

export type Does = 'open' | 'reply' | 'close' | 'reopen'

/** A context link as it was read: a claim by whoever wrote the message. */
export interface Link {
  dialogueId: DialogueId
  /** The message's key. */
  m: string
  does: Does
  courseId?: number
  repliesExpected: boolean
  ruleId?: string
  /** The anchor's text. */
  text: string
  /** The target without its fragment, under the account's present wwwroot. */
  url: string
}

/** A link to be written. */
export interface LinkToWrite {
  /** The page it is about, as the recipient can open it. */
  url: string
  dialogueId: DialogueId
  m: string
  does: Does
  courseId?: number
  repliesExpected?: boolean
  ruleId?: string
  /** In the general dialogue: the words to show, as they are. */
  subject: string
}

const RE = 'Re: '
const SUBJECT_LENGTH = 120

export function writeLink(link: LinkToWrite): string {
  const href = `${safeUrl(link.url)}#${fragment(link)}`
  const subject = cleanSubject(link.subject)
  const text = link.does === 'open' || link.dialogueId === GENERAL ? subject : RE + subject
  return `<p><a href="${escapeHtml(href)}">${escapeHtml(text)}</a></p>`
}

function fragment(link: LinkToWrite): string {
  const keys: [string, string | undefined][] = [
    ['dialogue', link.dialogueId],
    ['m', link.m],
    ['do', link.does],
    ['course', link.courseId?.toString()],
    ['replies', link.does === 'open' && link.repliesExpected === false ? 'no' : undefined],
    ['rule', link.ruleId],
  ]
  const given = keys.flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(value)}`],
  )
  return given.join('&')
}

function safeUrl(url: string): string {
  const withoutFragment = url.split('#', 1)[0] ?? ''
  return withoutFragment.replace(
    /[()<>\\"'\s]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** One line of at most 120 characters, without what could turn the reading direction around it. */
export function cleanSubject(s: string): string {
  const bidi = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
  const oneLine = collapse(withoutControls(s.replace(/\s+/g, ' ')).replace(bidi, ''))
  return cutAtCharacter(oneLine, SUBJECT_LENGTH).trimEnd()
}

/** The subject that a link claims: its text, in anything but an opening less `Re: `. */
export function subjectOf(link: Link): string {
  return cleanSubject(link.does === 'open' ? link.text : link.text.replace(/^Re:( |$)/, ''))
}

/**
 * The link's text where it must be shown beside the body, because it says something that the dialogue's
 * subject does not. `usual`: for the general dialogue, the words that we put there ourselves.
 */
export function linkTextToShow(
  link: Link,
  subject: string | undefined,
  usual: readonly string[] = [],
): string | undefined {
  const expected = subject === undefined ? usual : [subject, RE + subject]
  return expected.includes(link.text) || link.text === '' ? undefined : link.text
}

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
