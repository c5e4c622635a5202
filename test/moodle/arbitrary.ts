import * as fc from 'fast-check'
import type { Field, Shape } from '../../lib/moodle/shape.ts'

const texts = ['raw', 'text', 'alphanum', 'url']
const value = fc.record({
  kind: fc.constant('value' as const),
  type: fc.constantFrom('int', 'float', 'bool', ...texts),
  notnull: fc.boolean(),
})
const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,7}$/)
const json = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constantFrom(null, []))

/** Any description that Moodle could give. */
export const shapes: fc.Arbitrary<Shape> = fc.letrec<{ shape: Shape; field: Field }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3 },
    value,
    fc.record({ kind: fc.constant('list' as const), of: tie('shape') }),
    fc.record({
      kind: fc.constant('object' as const),
      fields: fc.uniqueArray(tie('field'), { selector: (field) => field.name, maxLength: 5 }),
    }),
  ),
  field: fc
    .record({
      name,
      shape: tie('shape'),
      presence: fc.constantFrom('' as const, '+' as const, '-' as const),
      need: fc.constantFrom('required' as const, 'optional' as const, 'default' as const),
      default: json.map((one) => JSON.stringify(one)),
    })
    .map(({ default: told, ...field }) => (field.need === 'default' ? { ...field, default: told } : field)),
})).shape

export const objects: fc.Arbitrary<Shape & { kind: 'object' }> = shapes.map((shape) => ({
  kind: 'object',
  fields: shape.kind === 'object' ? shape.fields : [{ name: 'one', shape, presence: '', need: 'required' }],
}))

const integer = fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 })
const float = fc.double({ noNaN: true, noDefaultInfinity: true }).map((one) => (Object.is(one, -0) ? 0 : one))
const text = fc.string({ unit: 'binary' }).map((one) => one.toWellFormed())

const scalars: Record<string, fc.Arbitrary<unknown>> = { int: integer, float, bool: fc.boolean() }

export interface Ways {
  /** Parameters are never null, and a form cannot say an empty list. */
  readonly way: 'params' | 'returns'
}

/** Any value that fits a description. */
export function fitting(shape: Shape, ways: Ways): fc.Arbitrary<unknown> {
  if (shape.kind === 'list') {
    const minLength = ways.way === 'params' ? 1 : 0
    return fc.array(fitting(shape.of, ways), { minLength, maxLength: 3 })
  }
  if (shape.kind === 'object') return fittingObject(shape.fields, ways)
  const some = scalars[shape.type] ?? text
  return shape.notnull || ways.way === 'params' ? some : fc.option(some)
}

function fittingObject(fields: readonly Field[], ways: Ways): fc.Arbitrary<Record<string, unknown>> {
  const entries = fields.map((field) => [field.name, fitting(field.shape, ways)] as const)
  const requiredKeys = fields.filter((field) => field.need === 'required').map((field) => field.name)
  return fc.record(Object.fromEntries(entries), { requiredKeys, noNullPrototype: true })
}

/** One way in which a value can be wrong. */
export interface Fault {
  readonly path: readonly (string | number)[]
  /** Without it the field is taken away. */
  readonly instead?: unknown
}

/** Everything that could be wrong with a value, one thing at a time. */
export function faultsOf(shape: Shape, value: unknown, path: readonly (string | number)[] = []): Fault[] {
  if (value === null) return [{ path, instead: {} }]
  if (shape.kind === 'list') {
    const rows = Array.isArray(value) ? value : []
    const inner = rows.flatMap((row, at) => faultsOf(shape.of, row, [...path, at]))
    return [...[{}, 'x', null, 5].map((instead) => ({ path, instead })), ...inner]
  }
  if (shape.kind === 'value') return wrongScalars(shape).map((instead) => ({ path, instead }))
  const given = value as Record<string, unknown>
  const inner = shape.fields.flatMap((field): Fault[] => {
    if (!Object.hasOwn(given, field.name)) return []
    const at = [...path, field.name]
    const missing = field.need === 'required' ? [{ path: at }] : []
    return [...missing, ...faultsOf(field.shape, given[field.name], at)]
  })
  return [...['x', null, 5, true, [1]].map((instead) => ({ path, instead })), ...inner]
}

const wrong: Record<string, readonly unknown[]> = {
  int: ['5', 1.5, true, {}, []],
  float: ['5', true, {}, []],
  bool: [1, 'true', {}, []],
  raw: [{}, [], [1]],
}

function wrongScalars({ type, notnull }: Shape & { kind: 'value' }): readonly unknown[] {
  return [...(wrong[type] ?? [5, true, {}, []]), ...(notnull ? [null] : [])]
}

/** The value with one thing wrong. */
export function spoilt(value: unknown, { path, ...fault }: Fault): unknown {
  const [head, ...rest] = path
  if (head === undefined) return 'instead' in fault ? fault.instead : undefined
  if (Array.isArray(value))
    return value.map((row, at) => (at === head ? spoilt(row, { path: rest, ...fault }) : row))
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) }
  if (rest.length === 0 && !('instead' in fault)) delete copy[head]
  else copy[head] = spoilt(copy[head], { path: rest, ...fault })
  return copy
}
