import type { Field, Presence, Shape } from '../../lib/moodle/shape.ts'
import type { Described, Release } from './read.ts'

export interface Merged extends Described {
  readonly name: string
  readonly presence: Presence
}

/** Two releases as one: whatever only one of them has is marked, and nothing is promised that only one promises. */
export function merge(older: Release, newer: Release): Merged[] {
  const names = new Set([...older.functions.keys(), ...newer.functions.keys()])
  return [...names].sort().map((name) => {
    const [before, now] = [older.functions.get(name), newer.functions.get(name)]
    if (before && now) return { ...now, name, presence: '', ...bothOf(before, now) }
    const only = now ?? before
    if (!only) throw new Error(`${name} is nowhere`)
    return { ...only, name, presence: now ? '+' : '-' }
  })
}

const bothOf = (before: Described, now: Described) => ({
  params: mergeFields(before.params, now.params),
  returns: before.returns && now.returns ? mergeShapes(before.returns, now.returns) : now.returns,
})

function mergeShapes(before: Shape, now: Shape): Shape {
  if (before.kind === 'list' && now.kind === 'list') {
    return { kind: 'list', of: mergeShapes(before.of, now.of) }
  }
  if (before.kind === 'object' && now.kind === 'object') {
    return { kind: 'object', fields: mergeFields(before.fields, now.fields) }
  }
  if (before.kind === 'value' && now.kind === 'value') {
    const type = before.type === now.type ? now.type : 'raw'
    return { kind: 'value', type, notnull: before.notnull && now.notnull }
  }
  throw new Error(`a ${before.kind} has become a ${now.kind}`)
}

function mergeFields(before: readonly Field[], now: readonly Field[]): Field[] {
  const known = new Map(before.map((field) => [field.name, field]))
  const kept = now.map((field) => {
    const other = known.get(field.name)
    return other ? mergeField(other, field) : onlyIn('+', field)
  })
  const gone = before.filter(({ name }) => now.every((field) => field.name !== name))
  return [...kept, ...gone.map((field) => onlyIn('-', field))]
}

const onlyIn = (presence: Presence, field: Field): Field =>
  field.need === 'required' ? { ...field, presence, need: 'optional' } : { ...field, presence }

function mergeField(before: Field, now: Field): Field {
  const { name, presence } = now
  const shape = mergeShapes(before.shape, now.shape)
  const needs = [before.need, now.need]
  if (needs.every((need) => need === 'required')) return { name, presence, shape, need: 'required' }
  const isSame = needs.every((need) => need === 'default') && before.default === now.default
  // A default that differs is no number to rely on: some are the time at which the description was made.
  if (!isSame || now.default === undefined) return { name, presence, shape, need: 'optional' }
  return { name, presence, shape, need: 'default', default: now.default }
}
