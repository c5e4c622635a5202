import type { Description } from '../../lib/moodle/catalogue.ts'
import type { Field } from '../../lib/moodle/shape.ts'

/** What can be put where a function wants an id: by the parameter's name, and by the component it was learnt from. */
export interface Ids {
  readonly learn: (component: string, name: string, value: number | string) => void
  readonly of: (component: string, name: string) => number | string | undefined
}

export function createIds(): Ids {
  const known = new Map<string, number | string>()
  return {
    learn(component, name, value) {
      const key = `${component} ${name}`
      if (!known.has(key)) known.set(key, value)
    },
    of: (component, name) => known.get(`${component} ${name}`) ?? known.get(` ${name}`),
  }
}

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/(?<=[a-z]{2})s$/, '')

/** `discussions: [{id: 5, postid: 6}]` of a component teaches its `discussionid` and `postid`. */
export function harvest(ids: Ids, component: string, answer: unknown, called = ''): void {
  if (Array.isArray(answer)) return harvest(ids, component, answer[0], singular(called))
  if (typeof answer !== 'object' || answer === null) return
  for (const [name, value] of Object.entries(answer)) {
    if (name === 'id' && called !== '' && isId(value)) ids.learn(component, `${called}id`, value)
    else if (/.id$/.test(name) && isId(value)) ids.learn(component, name, value)
    else harvest(ids, component, value, name)
  }
}

const isId = (value: unknown): value is number => typeof value === 'number' && value > 0

/** The parameters that a function insists on, or the name of one that nobody knows. */
export function wishFor(component: string, { params }: Description, ids: Ids): object | string {
  const wish: Record<string, unknown> = {}
  for (const field of params) {
    const value = valueFor(component, field, ids)
    if (value !== undefined) wish[field.name] = value
    else if (field.need === 'required') return field.name
  }
  return wish
}

/** Lists of ids are given where they may be, so that an answer has rows to look at. */
function valueFor(component: string, { name, shape, need }: Field, ids: Ids): unknown {
  if (shape.kind === 'list' && /ids$/.test(name)) {
    const id = ids.of(component, name.slice(0, -1))
    return id === undefined ? undefined : [id]
  }
  if (need !== 'required') return undefined
  if (shape.kind === 'list') return []
  if (shape.kind === 'object') return objectFor(component, shape.fields, ids)
  return ids.of(component, name) ?? (shape.type === 'bool' ? false : undefined)
}

/** An object such as a context, which wants one of several fields. */
function objectFor(component: string, fields: readonly Field[], ids: Ids): object {
  const known = fields.map((field) => [field.name, valueFor(component, { ...field, need: 'required' }, ids)])
  return Object.fromEntries(known.filter(([, value]) => value !== undefined).slice(0, 1))
}
