import { type DialogueId, GENERAL } from './dialogue.ts'
import { collapse, cutAtCharacter, escapeHtml, withoutControls } from './words.ts'

export { readLink } from './read-link.ts'

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
  return expected.includes(link.text) || link.text === '' ? undefined : cleanSubject(link.text)
}
