type Variable = [name: string, value: string]

/**
 * Encodes parameters as PHP reads them: `messages[0][text]=…`, booleans as 1 and 0.
 * Null, undefined and empty lists cannot be expressed and are left out.
 */
export function toForm(params: object): Variable[] {
  return Object.entries(params).flatMap(([name, value]) => variables(name, value))
}

function variables(name: string, value: unknown): Variable[] {
  if (value === null || value === undefined) return []
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) => variables(`${name}[${key}]`, inner))
  }
  return [[name, typeof value === 'boolean' ? (value ? '1' : '0') : String(value)]]
}

/** Whether something gets lost: a form says nothing of an empty list or object, and Moodle may insist on it. */
export const isLostInForm = (params: object): boolean => Object.values(params).some(holdsNothing)

function holdsNothing(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const inner = Object.values(value)
  return inner.length === 0 || inner.some(holdsNothing)
}
