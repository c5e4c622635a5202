import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import type { Field, Shape } from '../../lib/moodle/shape.ts'

const told = { optional: z.optional(z.boolean()), default: z.optional(z.json()) }

type Told = { optional?: boolean | undefined; default?: z.core.util.JSONType | undefined } & (
  | { type: string; notnull?: boolean | undefined }
  | { list: Told }
  | { object: Record<string, Told> }
)

const shape: z.ZodMiniType<Told> = z.lazy(() =>
  z.union([
    z.object({ ...told, type: z.string(), notnull: z.optional(z.boolean()) }),
    z.object({ ...told, list: shape }),
    z.object({ ...told, object: z.record(z.string(), shape) }),
  ]),
)

const file = z.object({
  release: z.string(),
  functions: z.record(
    z.string(),
    z.object({
      component: z.string(),
      type: z.enum(['read', 'write']),
      ajax: z.boolean(),
      mobile: z.boolean(),
      login: z.boolean(),
      deprecated: z.boolean(),
      params: shape,
      returns: z.nullable(shape),
    }),
  ),
})

export interface Described {
  readonly component: string
  readonly type: 'read' | 'write'
  readonly ajax: boolean
  readonly mobile: boolean
  readonly login: boolean
  readonly deprecated: boolean
  readonly params: readonly Field[]
  readonly returns: Shape | undefined
}

export interface Release {
  readonly name: string
  readonly functions: ReadonlyMap<string, Described>
}

/** One release's functions, from the file that a running Moodle was made to write. */
export function readRelease(path: string): Release {
  const { release, functions } = file.parse(JSON.parse(readFileSync(path, 'utf8')))
  const described = Object.entries(functions).map(([name, { params, returns, ...flags }]) => {
    const taken = toShape(params, 'params')
    const component = flags.component === 'moodle' ? subsystemOf(name) : flags.component
    return [
      name,
      {
        ...flags,
        component,
        params: taken.kind === 'object' ? taken.fields : [],
        returns: returns ? toShape(returns, 'returns') : undefined,
      },
    ] as const
  })
  return { name: release.replace(/ .*/, ''), functions: new Map(described) }
}

/** `core_get_string` and the like belong to no subsystem. */
const verbs = new Set(['change', 'check', 'create', 'dynamic', 'fetch', 'get', 'update'])

function subsystemOf(name: string): string {
  const [core = '', subsystem = ''] = name.split('_')
  return verbs.has(subsystem) ? core : `${core}_${subsystem}`
}

type Way = 'params' | 'returns'

function toShape(one: Told, way: Way): Shape {
  if ('type' in one) return { kind: 'value', type: one.type, notnull: one.notnull === true }
  if ('list' in one) return { kind: 'list', of: toShape(one.list, way) }
  const fields = Object.entries(one.object).map(([name, inner]) => toField(name, inner, way))
  return { kind: 'object', fields }
}

function toField(name: string, one: Told, way: Way): Field {
  const known = { name, shape: toShape(one, way), presence: '' } as const
  if (one.optional) return { ...known, need: 'optional' }
  if (one.default === undefined) return { ...known, need: 'required' }
  // Moodle fills a value into its answers where it is missing, but no list and no object.
  if (way === 'returns') return { ...known, need: known.shape.kind === 'value' ? 'required' : 'optional' }
  return { ...known, need: 'default', default: JSON.stringify(one.default) }
}
