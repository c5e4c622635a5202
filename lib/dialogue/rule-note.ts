import { fragmentOf } from './address.ts'
import { type HtmlNode, parseHtml } from './html-tree.ts'
import { readIds, writeIds } from './id-list.ts'
import { isKey } from './key.ts'
import { coursePageUrl } from './page.ts'
import { isCount, readWords, type SharedWords } from './shared-words.ts'
import { type SiteAddresses, underPresentRoot } from './site.ts'
import { escapeHtml } from './words.ts'

/*
 * How teachers of a course hand a rule over: notes of the course, each about its own author. A readable sentence, and a
 * link to the course whose fragment says the rest in letters that no filter of Moodle's touches.
 *
 * The rule's secret does not travel. Notes are seen by everybody who may see notes there, and another teacher's keys
 * prove nothing of one's own: at most once per person rests on the ledger in the notes.
 */

/** A course note as the site tells it. Who wrote it and whom it is about are the site's own word. */
export interface CourseNote {
  id: number
  courseId: number
  aboutUserId: number
  authorId: number
  html: string
}

/** `held`: its owner goes on with it, until the lease runs out. `released`: whoever likes may. `ended`: nobody. */
export type Tenure = 'held' | 'released' | 'ended'

/** A rule as its owner shares it, and whom it has reached. */
export interface OwnersNote {
  kind: 'rule'
  ruleId: string
  /** One more for each owner. */
  term: number
  tenure: Tenure
  timeLease: number
  words: SharedWords
  reached: number[]
  /** May have been reached, or will be at any moment. */
  claimed: number[]
}

/** What a colleague may do to a rule that is not theirs. */
export interface AskingNote {
  kind: 'ask'
  ruleId: string
  does: 'pause' | 'end'
}

export type RuleNote = OwnersNote | AskingNote
export type ReadNote = RuleNote & { id: number; authorId: number }

const FRAGMENT = 'aside-rule'

function toLetters(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte))
  return btoa(bytes.join('')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function fromLetters(letters: string): unknown {
  try {
    const bytes = atob(letters.replaceAll('-', '+').replaceAll('_', '/'))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(bytes, (c) => c.charCodeAt(0))))
  } catch {
    return undefined
  }
}

function written(note: RuleNote): object {
  if (note.kind === 'ask') return note
  return { ...note, reached: writeIds(note.reached), claimed: writeIds(note.claimed) }
}

/** The note's HTML. `sentence`: what a person reads; `title`: the link's words. */
export function writeNote(
  note: RuleNote,
  {
    wwwroot,
    courseId,
    sentence,
    title,
  }: { wwwroot: string; courseId: number; sentence: string; title: string },
): string {
  const href = `${coursePageUrl(wwwroot, courseId)}#${FRAGMENT}=${toLetters(JSON.stringify(written(note)))}`
  return `<p>${escapeHtml(sentence)}</p><p><a href="${escapeHtml(href)}">${escapeHtml(title)}</a></p>`
}

function hrefs(nodes: readonly HtmlNode[]): string[] {
  return nodes.flatMap(({ name, attributes, children }) => [
    ...(name === 'a' && attributes.href !== undefined ? [attributes.href] : []),
    ...hrefs(children),
  ])
}

type Values = Record<string, unknown>

function owners(value: Values, courseId: number, site: SiteAddresses): OwnersNote | undefined {
  const { ruleId, term, tenure, timeLease } = value
  const [reached, claimed] = [readIds(String(value.reached)), readIds(String(value.claimed))]
  const words = readWords(value.words, courseId, site)
  if (!words || !reached || !claimed || !isCount(term) || !isCount(timeLease)) return undefined
  if (tenure !== 'held' && tenure !== 'released' && tenure !== 'ended') return undefined
  return { kind: 'rule', ruleId: String(ruleId), term, tenure, timeLease, words, reached, claimed }
}

function noteOf(value: unknown, courseId: number, site: SiteAddresses): RuleNote | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const values = value as Values
  const { kind, ruleId, does } = values
  if (typeof ruleId !== 'string' || !isKey(ruleId)) return undefined
  if (kind === 'rule') return owners(values, courseId, site)
  return kind === 'ask' && (does === 'pause' || does === 'end') ? { kind, ruleId, does } : undefined
}

/** What a note says of a rule; undefined where it says nothing, or was not written by whom it is about. */
export function readNote(note: CourseNote, site: SiteAddresses): ReadNote | undefined {
  const { id, authorId, aboutUserId, courseId, html } = note
  if (authorId !== aboutUserId || !html.includes(`${FRAGMENT}=`)) return undefined
  const found = hrefs(parseHtml(html)).filter((href) => fragmentOf(href).has(FRAGMENT))
  const [href] = found
  if (href === undefined || found.length > 1 || underPresentRoot(href, site) === undefined) return undefined
  const read = noteOf(fromLetters(fragmentOf(href).get(FRAGMENT) ?? ''), courseId, site)
  return read && { ...read, id, authorId }
}
