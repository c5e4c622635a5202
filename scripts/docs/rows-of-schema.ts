import * as z from 'zod/mini'
import { inside, type Row } from './row.ts'

const schema = z.object({
  type: z.optional(z.union([z.string(), z.array(z.string())])),
  anyOf: z.optional(z.array(z.unknown())),
  items: z.optional(z.unknown()),
  properties: z.optional(z.record(z.string(), z.unknown())),
  required: z.optional(z.array(z.string())),
  additionalProperties: z.optional(z.unknown()),
})

/** The fields of a check that was written by hand, each on a line of its own. */
export function rowsOfSchema(checked: z.ZodMiniType, io: 'input' | 'output'): Row[] {
  const whole = z.toJSONSchema(checked, { io, unrepresentable: 'any' })
  return rowsOf(whole, '', '')
}

function rowsOf(told: unknown, path: string, note: string): Row[] {
  const { anyOf = [], type, items, properties, required = [] } = schema.parse(told)
  const kinds = anyOf.map((one) => schema.parse(one))
  const nullable = kinds.some((one) => one.type === 'null') ? ' or null' : ''
  const others = anyOf.filter((_, at) => kinds[at]?.type !== 'null')
  if (others.length === 1) {
    const [first, ...rest] = rowsOf(others[0], path, note)
    return first ? [{ ...first, type: first.type + nullable }, ...rest] : []
  }
  if (others.length > 1) {
    const types = others.flatMap((one) => rowsOf(one, path, note).map((row) => row.type))
    return [{ path: path || 'the answer', type: types.join(' or ') + nullable, note }]
  }
  if (items !== undefined) return withNote(rowsOf(items, `${path}[]`, ''), path, 'list', note)
  if (properties !== undefined) {
    const rows = Object.entries(properties).flatMap(([name, inner]) =>
      rowsOf(inner, inside(path, name), required.includes(name) ? '' : 'may be missing'),
    )
    return withNote(rows, path, 'object', note)
  }
  return [{ path: path || 'the answer', type: wordFor(type), note }]
}

function withNote(rows: Row[], path: string, type: string, note: string): Row[] {
  return note === '' && rows.length > 0 ? rows : [{ path: path || 'the answer', type, note }, ...rows]
}

function wordFor(type: string | readonly string[] | undefined): string {
  if (type === undefined) return 'anything'
  if (typeof type !== 'string') return type.map(wordFor).join(' or ')
  return type === 'integer' ? 'number (int)' : type
}
