import type { Field, Shape } from '../../lib/moodle/shape.ts'
import type { Merged } from './merge.ts'
import type { Way } from './types.ts'

export interface Common {
  readonly name: string
  readonly fields: readonly Field[]
  readonly way: Way
}

interface Found {
  readonly fields: readonly Field[]
  readonly way: Way
  /** What the fields that hold it are called, and how often. */
  readonly hints: Map<string, number>
  readonly components: Set<string>
}

/** By its text. */
export type Names = ReadonlyMap<string, Common>

/** Too short to be worth a name. */
const FEWEST_FIELDS = 3

/** What has a meaning of its own in TypeScript. */
const TAKEN = ['Array', 'Record', 'Date', 'Error', 'Function', 'Map', 'Object', 'Set', 'String']

/** `core_external\\external_files`, most often met under this name. */
const INTRO = { called: 'Introfile', isA: 'ExternalFile' }

type TextOf = (fields: readonly Field[], way: Way) => string

/** What functions of several components take or answer in the same shape. */
export function sharedNames(functions: readonly Merged[], textOf: TextOf): Names {
  const shared = [...foundIn(functions, textOf)].filter(([, { components }]) => components.size > 1)
  return named(shared, TAKEN)
}

/** What functions of one component have in common beyond that. */
export function ownNames(functions: readonly Merged[], textOf: TextOf, shared: Names): Names {
  const own = [...foundIn(functions, textOf)].filter(
    ([text, { hints }]) => !shared.has(text) && total(hints) > 1,
  )
  return named(own, [...TAKEN, ...[...shared.values()].map(({ name }) => name)])
}

function foundIn(functions: readonly Merged[], textOf: TextOf): Map<string, Found> {
  const found = new Map<string, Found>()

  function look(shape: Shape, way: Way, hint: string, component: string): void {
    if (shape.kind === 'list') look(shape.of, way, oneOf(hint), component)
    if (shape.kind !== 'object') return
    if (shape.fields.length >= FEWEST_FIELDS) note(shape.fields, way, hint, component)
    for (const field of shape.fields) look(field.shape, way, camel(field.name), component)
  }

  function note(fields: readonly Field[], way: Way, hint: string, component: string): void {
    const text = textOf(fields, way)
    const one = found.get(text) ?? { fields, way, hints: new Map(), components: new Set() }
    found.set(text, one)
    one.hints.set(hint, (one.hints.get(hint) ?? 0) + 1)
    one.components.add(component)
  }

  for (const { name, component, params, returns } of functions) {
    const own = camel(name.slice(component.length + 1))
    look({ kind: 'object', fields: params }, 'params', `${own}Params`, component)
    if (returns) look(returns, 'returns', `${own}Answer`, component)
  }
  return found
}

const total = (hints: ReadonlyMap<string, number>): number =>
  [...hints.values()].reduce((sum, times) => sum + times, 0)

function named(found: [string, Found][], takenBefore: readonly string[]): Names {
  const taken = new Set(takenBefore)
  return new Map(
    found.map(([text, { hints, fields, way }]) => [
      text,
      { name: free(mostUsed(hints), taken), fields, way },
    ]),
  )
}

function mostUsed(hints: ReadonlyMap<string, number>): string {
  const [hint] = [...hints].reduce((best, one) => (one[1] > best[1] ? one : best))
  return hint === INTRO.called ? INTRO.isA : hint
}

function free(name: string, taken: Set<string>): string {
  const names = [name, ...Array.from({ length: 99 }, (_, n) => `${name}${n + 2}`)]
  const first = names.find((one) => !taken.has(one)) ?? name
  taken.add(first)
  return first
}

const camel = (name: string): string =>
  name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** `Warning` for one of `Warnings`. */
const oneOf = (name: string): string =>
  name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/([^su])s$/, '$1')
