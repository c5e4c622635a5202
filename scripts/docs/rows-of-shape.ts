import type { Field, Shape } from '../../lib/moodle/shape.ts'
import type { Releases } from '../catalogue/types.ts'
import { presenceNote } from '../catalogue/types.ts'
import { inside, type Row } from './row.ts'

const scalars: Record<string, string> = {
  int: 'number (int)',
  float: 'number',
  bool: 'boolean',
  raw: 'string',
}

type Way = 'params' | 'returns'

/** The fields of a description, each on a line of its own. */
export function rowsOfShape(shape: Shape, way: Way, releases: Releases, path = '', note = ''): Row[] {
  if (shape.kind === 'value') {
    const type = scalars[shape.type] ?? `string (${shape.type})`
    const orNull = shape.notnull || way === 'params' ? '' : ' or null'
    return [{ path: path || 'the answer', type: type + orNull, note }]
  }
  if (shape.kind === 'list') {
    const inner = rowsOfShape(shape.of, way, releases, `${path}[]`)
    return note === '' ? inner : [{ path, type: 'list', note }, ...inner]
  }
  const rows = shape.fields.flatMap((field) => rowsOfField(field, way, releases, path))
  return note === '' && rows.length > 0
    ? rows
    : [{ path: path || 'the answer', type: 'object', note }, ...rows]
}

const rowsOfField = (field: Field, way: Way, releases: Releases, path: string): Row[] =>
  rowsOfShape(field.shape, way, releases, inside(path, field.name), noteOf(field, releases))

const noteOf = (field: Field, releases: Releases): string =>
  [
    field.need === 'optional' ? 'may be missing' : '',
    field.default === undefined ? '' : `\`${field.default}\` if missing`,
    presenceNote(field.presence, releases),
  ]
    .filter(Boolean)
    .join('; ')
