import { cleanSubject } from './link.ts'
import { fold } from './search-words.ts'
import { withoutControls } from './words.ts'

/** A text to begin with; it is the person's, not an account's. */
export interface OwnTemplate {
  id: string
  name: string
  /** What brings it into a message: `/welcome`. */
  shortcut: string
  subject?: string
  text: string
}

export const MOST_TEMPLATES = 200
const LONGEST_NAME = 80
const LONGEST_TEXT = 4096
const LONGEST_SHORTCUT = 24

/** Small letters, digits and hyphens. */
export function cleanShortcut(typed: string): string {
  return fold(typed)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_SHORTCUT)
}

export interface TypedShortcut {
  from: number
  typed: string
}

/** A shortcut that ends where the person is writing: `/wel`. An address or a date is none. */
export function shortcutAt(text: string, caret: number): TypedShortcut | undefined {
  const [whole, before = '', typed = ''] = /(^|\s)\/([\p{L}\p{N}-]*)$/u.exec(text.slice(0, caret)) ?? []
  return whole === undefined ? undefined : { from: caret - whole.length + before.length, typed }
}

export function withShortcut(templates: readonly OwnTemplate[], typed: string): OwnTemplate[] {
  const begun = fold(typed)
  return templates.filter(({ shortcut }) => shortcut !== '' && shortcut.startsWith(begun))
}

const FORMAT = 'aside-templates'
const VERSION = 1

export function templatesAsJson(templates: readonly OwnTemplate[]): string {
  const shown = templates.map(({ id: _, ...template }) => template)
  return JSON.stringify({ format: FORMAT, version: VERSION, templates: shown }, undefined, 2)
}

export type NewTemplate = Omit<OwnTemplate, 'id'>

export interface ReadTemplates {
  templates: NewTemplate[]
  /** How many were not taken: they are no templates, or too long. */
  left: number
}

function text(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string') return undefined
  const clean = withoutControls(value).trim()
  return clean === '' || clean.length > longest ? undefined : clean
}

/** Of anything, a template where it is one. */
export function templateOf(value: unknown): NewTemplate | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { name, shortcut, subject, text: words } = value as Record<string, unknown>
  const [named, body] = [text(name, LONGEST_NAME), text(words, LONGEST_TEXT)]
  if (named === undefined || body === undefined) return undefined
  const about = typeof subject === 'string' ? cleanSubject(subject) : ''
  return {
    name: named,
    shortcut: cleanShortcut(typeof shortcut === 'string' ? shortcut : named),
    ...(about === '' ? {} : { subject: about }),
    text: body,
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** From a file that anybody may have made; undefined where it is none of templates. */
export function templatesFromJson(json: string): ReadTemplates | undefined {
  const file = parsed(json) as { format?: unknown; templates?: unknown } | undefined | null
  if (file?.format !== FORMAT || !Array.isArray(file.templates)) return undefined
  const read = file.templates.slice(0, MOST_TEMPLATES).flatMap((one) => templateOf(one) ?? [])
  return { templates: read, left: file.templates.length - read.length }
}

/** Of two with the same shortcut the newer one has it. */
export function withTemplate(templates: readonly OwnTemplate[], saved: OwnTemplate): OwnTemplate[] {
  const others = templates.map((one) =>
    one.id !== saved.id && one.shortcut === saved.shortcut ? { ...one, shortcut: '' } : one,
  )
  const isThere = others.some(({ id }) => id === saved.id)
  return isThere ? others.map((one) => (one.id === saved.id ? saved : one)) : [...others, saved]
}
