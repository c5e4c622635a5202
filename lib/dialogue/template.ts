import { MARK } from './marks.ts'
import { collapse, withoutControls } from './words.ts'

/** What a text for several people may say of each: `{firstname}`, or with a fallback `{group|your group}`. */
export const FIELDS = [
  'firstname',
  'lastname',
  'fullname',
  'course',
  'activity',
  'group',
  'duedate',
  'teacher',
] as const
export type Field = (typeof FIELDS)[number]

export type FieldValues = { [F in Field]?: string | undefined }

export interface Filled {
  text: string
  /** Fields without a value and without a fallback, as they stand in the text. */
  empty: Field[]
}

const PATTERN = /\{([a-z]+)(?:\|([^{}\n]*))?\}/gi

function isField(name: string): name is Field {
  return (FIELDS as readonly string[]).includes(name)
}

/** A value is words in a line, whatever it is. */
function clean(value: string): string {
  return collapse(withoutControls(value)).replaceAll(MARK, '')
}

/** The text as one person gets it; what is no field stays as it was typed. */
export function fill(text: string, values: FieldValues): Filled {
  const empty = new Set<Field>()
  const filled = text.replace(PATTERN, (whole, name: string, fallback?: string) => {
    const field = name.toLowerCase()
    if (!isField(field)) return whole
    const value = clean(values[field] ?? '')
    if (value !== '') return value
    if (fallback === undefined) empty.add(field)
    return fallback ?? ''
  })
  return { text: filled, empty: [...empty] }
}

/** With what is the same for everybody; the other fields stay as fields, without a fallback. */
export function withCommon(text: string, common: FieldValues): string {
  const given = Object.entries(common).filter(([, value]) => value !== undefined)
  const others = FIELDS.map((field) => [field, `{${field}}`])
  return fill(text, { ...Object.fromEntries(others), ...Object.fromEntries(given) }).text
}

export interface FieldsUsed {
  known: Field[]
  /** What looks like a field and is none. */
  unknown: string[]
}

export function fieldsIn(text: string): FieldsUsed {
  const names = [...new Set([...text.matchAll(PATTERN)].map(([, name = '']) => name.toLowerCase()))]
  return { known: names.filter(isField), unknown: names.filter((name) => !isField(name)) }
}
