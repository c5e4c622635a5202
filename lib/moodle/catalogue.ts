import type { FunctionDefinition } from './define.ts'
import { defineFunction } from './define.ts'
import type { Catalogue, Flags } from './directory.ts'
import { known, loaders } from './generated/index.ts'
import { once } from './once.ts'
import { paramsSchema, returnsSchema } from './schema.ts'
import { type Field, type Presence, readShape, type Shape } from './shape.ts'

/** What is known of a generated function without loading its component. */
export interface Listing extends Flags {
  readonly component: string
  /** Whether it can be called only by somebody who is logged in. */
  readonly login: boolean
  readonly deprecated: boolean
  readonly presence: Presence
}

export interface Description {
  readonly params: readonly Field[]
  /** A function that answers nothing has none. */
  readonly returns: Shape | undefined
}

/** Every function of the catalogue, by name. */
export const listings: () => ReadonlyMap<string, Listing> = once(
  () => new Map(Object.entries(known).flatMap(listed)),
)

function listed([component, functions]: [string, string]): [string, Listing][] {
  return functions.split(', ').map((entry) => {
    const [rest = '', letters = ''] = entry.split(' ')
    const has = (letter: string) => letters.includes(letter)
    const listing: Listing = {
      component,
      type: has('r') ? 'read' : 'write',
      ajax: has('a'),
      mobile: has('m'),
      login: !has('n'),
      deprecated: has('d'),
      presence: has('+') ? '+' : has('-') ? '-' : '',
    }
    return [`${component}_${rest}`, listing]
  })
}

/** Loads a component if it is not there yet, and reads one function of it. */
export async function describe(name: string): Promise<Description> {
  const load = loaders[listings().get(name)?.component ?? '']
  const [params, returns] = (await load?.())?.default[name] ?? []
  if (params === undefined) throw new Error(`${name} is not in the catalogue`)
  const taken = readShape(params)
  return {
    params: taken.kind === 'object' ? taken.fields : [],
    returns: returns === undefined ? undefined : readShape(returns),
  }
}

async function load(name: string): Promise<FunctionDefinition> {
  const { params, returns } = await describe(name)
  const { type = 'write', ajax = false, mobile = false } = listings().get(name) ?? {}
  return defineFunction({
    type,
    ajax,
    mobile,
    params: () => paramsSchema(params),
    returns: () => returnsSchema(returns),
  })
}

/** All of Moodle's web services, as two releases describe them. Only an index of the names is there from the start. */
export const catalogue: Catalogue = {
  names: () => [...listings().keys()],
  flags: (name) => listings().get(name),
  load,
}
