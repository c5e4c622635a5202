import type { Field, Presence, Shape } from '../../lib/moodle/shape.ts'
import type { Merged } from './merge.ts'

export interface Releases {
  readonly older: string
  readonly newer: string
}

type Way = 'params' | 'returns'

const scalars: Record<string, string> = { int: 'number', float: 'number', bool: 'boolean' }

export const typeName = (component: string): string =>
  component.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())

/** An interface with one entry for each function of a component. */
export function typesOf(component: string, functions: readonly Merged[], releases: Releases): string {
  const entries = functions.map((one) => entry(one, releases))
  return `export interface ${typeName(component)}Functions {\n${entries.join('\n')}\n}\n`
}

function entry(one: Merged, releases: Releases): string {
  const reach = [one.ajax && `'session'`, one.mobile && `'rest'`].filter(Boolean)
  return [
    doc(notesOf(one, releases), 1),
    `  ${one.name}: {`,
    `    readonly reach: ${reach.join(' | ') || 'never'}`,
    `    readonly params: ${objectType(one.params, 'params', releases, 2)}`,
    `    readonly returns: ${one.returns ? typeOf(one.returns, 'returns', releases, 2) : 'void'}`,
    `  }`,
  ]
    .filter(Boolean)
    .join('\n')
}

function notesOf(one: Merged, releases: Releases): string[] {
  return [
    one.type === 'read' ? 'Reads.' : 'Writes.',
    one.login ? '' : 'Needs no login.',
    presenceNote(one.presence, releases),
    one.deprecated ? '@deprecated by Moodle.' : '',
  ]
}

export const presenceNote = (presence: Presence, { older, newer }: Releases): string =>
  ({ '': '', '+': `Not in Moodle ${older}.`, '-': `Not in Moodle ${newer}.` })[presence]

function doc(notes: readonly string[], depth: number): string {
  const said = notes.filter(Boolean)
  return said.length === 0 ? '' : `${'  '.repeat(depth)}/** ${said.join(' ')} */`
}

function typeOf(shape: Shape, way: Way, releases: Releases, depth: number): string {
  if (shape.kind === 'list') return listOf(typeOf(shape.of, way, releases, depth))
  if (shape.kind === 'object') return objectType(shape.fields, way, releases, depth)
  if (way === 'params') return shape.type === 'raw' ? 'string | number' : (scalars[shape.type] ?? 'string')
  return (scalars[shape.type] ?? 'string') + (shape.notnull ? '' : ' | null')
}

const listOf = (type: string): string => (/^[a-z]+$/.test(type) ? `${type}[]` : `Array<${type}>`)

function objectType(fields: readonly Field[], way: Way, releases: Releases, depth: number): string {
  if (fields.length === 0) return 'Record<string, never>'
  const lines = fields.flatMap((field) => {
    const type = typeOf(field.shape, way, releases, depth + 1)
    const isNeeded = field.need === 'required'
    // Callers may hand on what they do not have; answers either have a field or not.
    const absent = !isNeeded && way === 'params' ? ' | undefined' : ''
    const line = `${'  '.repeat(depth + 1)}${field.name}${isNeeded ? '' : '?'}: ${type}${absent}`
    return [doc(fieldNotes(field, way, releases), depth + 1), line].filter(Boolean)
  })
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
}

/** What a parameter may hold beyond its TypeScript type, and what it is when it is left out. */
function fieldNotes(field: Field, way: Way, releases: Releases): string[] {
  const { shape } = field
  const isNarrow =
    way === 'params' && shape.kind === 'value' && !(shape.type in scalars) && shape.type !== 'raw'
  return [
    isNarrow ? `\`${shape.type}\`` : '',
    presenceNote(field.presence, releases),
    field.default === undefined ? '' : `@default ${field.default}`,
  ]
}
