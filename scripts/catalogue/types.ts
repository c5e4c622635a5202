import type { Field, Presence, Shape } from '../../lib/moodle/shape.ts'
import type { Merged } from './merge.ts'
import { type Names, ownNames, sharedNames } from './names.ts'

export interface Releases {
  readonly older: string
  readonly newer: string
}

export type Way = 'params' | 'returns'

interface Writing {
  readonly releases: Releases
  /** What stands in several places, by its text: an interface of its own. */
  readonly names: Names
}

const scalars: Record<string, string> = { int: 'number', float: 'number', bool: 'boolean' }

export const typeName = (component: string): string =>
  component.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase())

const inFull = (releases: Releases) => (fields: readonly Field[], way: Way) =>
  fieldsOf(fields, way, { releases, names: new Map() }, 0)

export const namesShared = (functions: readonly Merged[], releases: Releases): Names =>
  sharedNames(functions, inFull(releases))

export const interfacesOf = (common: Names, writing: Writing): string =>
  [...common.values()]
    .map(({ name, fields, way }) => `export interface ${name} ${fieldsOf(fields, way, writing, 0)}\n\n`)
    .join('')

/** An interface with one entry for each function of a component, after those of what they have in common. */
export function typesOf(
  component: string,
  functions: readonly Merged[],
  releases: Releases,
  shared: Names,
): string {
  const own = ownNames(functions, inFull(releases), shared)
  const writing = { releases, names: new Map([...shared, ...own]) }
  const entries = functions.map((one) => entry(one, writing)).join('\n')
  const text = `${interfacesOf(own, writing)}export interface ${typeName(component)}Functions {\n${entries}\n}\n`
  return importsOf(text, shared) + text
}

function importsOf(text: string, shared: Names): string {
  const words = new Set(text.match(/\b[A-Z]\w+\b/g))
  const used = [...shared.values()].flatMap(({ name }) => (words.has(name) ? [name] : []))
  return used.length === 0 ? '' : `import type { ${used.toSorted().join(', ')} } from './common.ts'\n\n`
}

function entry(one: Merged, writing: Writing): string {
  const reach = [one.ajax && `'session'`, one.mobile && `'rest'`].filter(Boolean)
  return [
    doc(notesOf(one, writing.releases), 1),
    `  ${one.name}: {`,
    `    readonly reach: ${reach.join(' | ') || 'never'}`,
    `    readonly params: ${objectType(one.params, 'params', writing, 2)}`,
    `    readonly returns: ${one.returns ? typeOf(one.returns, 'returns', writing, 2) : 'void'}`,
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

function typeOf(shape: Shape, way: Way, writing: Writing, depth: number): string {
  if (shape.kind === 'list') return listOf(typeOf(shape.of, way, writing, depth))
  if (shape.kind === 'object') return objectType(shape.fields, way, writing, depth)
  if (way === 'params') return shape.type === 'raw' ? 'string | number' : (scalars[shape.type] ?? 'string')
  return (scalars[shape.type] ?? 'string') + (shape.notnull ? '' : ' | null')
}

const listOf = (type: string): string => (/^\w+$/.test(type) ? `${type}[]` : `Array<${type}>`)

function objectType(fields: readonly Field[], way: Way, writing: Writing, depth: number): string {
  if (fields.length === 0) return 'Record<string, never>'
  const { names, releases } = writing
  const common = names.size === 0 ? undefined : names.get(inFull(releases)(fields, way))
  return common?.name ?? fieldsOf(fields, way, writing, depth)
}

function fieldsOf(fields: readonly Field[], way: Way, writing: Writing, depth: number): string {
  const lines = fields.flatMap((field) => {
    const type = typeOf(field.shape, way, writing, depth + 1)
    const isNeeded = field.need === 'required'
    // Callers may hand on what they do not have; answers either have a field or not.
    const absent = !isNeeded && way === 'params' ? ' | undefined' : ''
    const line = `${'  '.repeat(depth + 1)}${field.name}${isNeeded ? '' : '?'}: ${type}${absent}`
    return [doc(fieldNotes(field, way, writing.releases), depth + 1), line].filter(Boolean)
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
