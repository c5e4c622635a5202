import type { Shape } from './catalogue.ts'
import { invalidParameter } from './errors.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Moodle's validate_parameters: cleans by type, fills defaults in, refuses what it does not know. */
export function validate(shape: Shape, value: unknown, path = ''): unknown {
  if ('object' in shape) return validateObject(shape.object, value, path)
  if ('list' in shape) return validateList(shape.list, value, path)
  return validateScalar(shape, value, path)
}

function validateObject(
  fields: Record<string, Shape>,
  value: unknown,
  path: string,
): Record<string, unknown> {
  const given: Record<string, unknown> = isEmptyArray(value) ? {} : requireObject(value, path)
  const known: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const inner = path === '' ? name : `${path} => ${name}`
    if (name in given) known[name] = validate(field, given[name], inner)
    else if ('default' in field) known[name] = withDefault(field, inner)
    else if (!field.optional) throw invalidParameter(`Missing required key in single structure: ${name}`)
  }
  for (const name of Object.keys(given)) {
    if (!(name in fields)) throw invalidParameter(`Unexpected keys (${name}) detected in parameter array.`)
  }
  return known
}

function withDefault(field: Shape, path: string): unknown {
  return field.default === null ? null : validate(field, field.default, path)
}

function requireObject(value: unknown, path: string): Record<string, unknown> {
  if (!isObject(value)) throw invalidParameter(`${path} => Only arrays accepted.`)
  return value
}

const isEmptyArray = (value: unknown): boolean => Array.isArray(value) && value.length === 0

function validateList(item: Shape, value: unknown, path: string): unknown[] {
  const rows = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : null
  if (rows === null) throw invalidParameter(`${path} => Only arrays accepted.`)
  return rows.map((row) => (isRawNumber(item, row) ? row : validate(item, row, path)))
}

/** PARAM_RAW leaves a number a number. */
const isRawNumber = (item: Shape, value: unknown): boolean =>
  'type' in item && item.type === 'raw' && typeof value === 'number'

function validateScalar(shape: Extract<Shape, { type: string }>, value: unknown, path: string): unknown {
  if (value === null || value === undefined) {
    if (shape.notnull) throw refused(path, value, shape.type)
    return null
  }
  if (typeof value === 'object')
    throw invalidParameter(`${path} => Scalar type expected, array or object received.`)
  if (shape.type === 'int') return validateInt(value, path)
  if (shape.type === 'bool') return validateBool(value, path)
  return validateText(shape.type, typeof value === 'boolean' ? (value ? '1' : '') : String(value), path)
}

function validateInt(value: unknown, path: string): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (!/^-?\d+$/.test(String(value))) throw refused(path, value, 'int')
  return Number(value)
}

function validateBool(value: unknown, path: string): boolean {
  if (typeof value === 'boolean') return value
  if (['0', '1', ''].includes(String(value))) return String(value) === '1'
  throw refused(path, value, 'bool')
}

const allowed: Record<string, RegExp> = {
  alpha: /^[a-zA-Z]*$/,
  alphaext: /^[a-zA-Z_-]*$/,
  alphanum: /^[a-zA-Z0-9]*$/,
  alphanumext: /^[a-zA-Z0-9_-]*$/,
}

function validateText(type: string, value: string, path: string): string {
  const pattern = allowed[type]
  if (pattern && !pattern.test(value)) throw refused(path, value, type)
  return value
}

function refused(path: string, value: unknown, type: string) {
  const reason = `Invalid external api parameter: the value is "${value}", the server was expecting "${type}" type`
  return invalidParameter(`${path} => Invalid parameter value detected (${reason}): ${reason}`)
}
