import type { Shape } from './catalogue.ts'
import { MoodleError } from './errors.ts'

const invalidResponse = (debuginfo: string) =>
  new MoodleError('Invalid response value detected', {
    errorcode: 'invalidresponse',
    exception: 'core\\exception\\invalid_response_exception',
    module: 'debug',
    debuginfo,
  })

const kinds: Record<string, string> = { int: 'number', float: 'number', bool: 'boolean' }

/** Moodle's clean_returnvalue: what is not described is dropped, what is described must be there and be of its kind. */
export function cleanReturn(shape: Shape, value: unknown, path = 'returns'): unknown {
  if ('object' in shape) return cleanObject(shape.object, value, path)
  if ('list' in shape) {
    if (!Array.isArray(value)) throw invalidResponse(`${path}: no list`)
    return value.map((row, at) => cleanReturn(shape.list, row, `${path}[${at}]`))
  }
  if (value === null && !shape.notnull) return null
  if (typeof value !== (kinds[shape.type] ?? 'string') && !tolerated(shape.type, value)) {
    throw invalidResponse(`${path}: ${shape.type} described, ${typeof value} found`)
  }
  return value
}

/** What Moodle casts by itself: numbers to text, and PHP's integers for booleans that it answers as such. */
const tolerated = (type: string, value: unknown): boolean =>
  kinds[type] === undefined && (typeof value === 'number' || typeof value === 'boolean')

function cleanObject(fields: Record<string, Shape>, value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) throw invalidResponse(`${path}: no object`)
  const given = new Map(Object.entries(value))
  const out: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const inner = given.get(name)
    if (inner !== undefined) out[name] = cleanReturn(field, inner, `${path}.${name}`)
    else if ('type' in field && 'default' in field) out[name] = field.default
    else if (!field.optional && !('default' in field)) throw invalidResponse(`${path}.${name}: missing`)
  }
  // PHP writes an array without keys as a list.
  return Object.keys(out).length === 0 ? [] : out
}
