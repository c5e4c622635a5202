/** Error texts and codes must be the very same; elsewhere the kind of value must be. */
const exact = new Set([
  'errorcode',
  'error',
  'exception',
  'message',
  'errormessage',
  'moreinfourl',
  'link',
  'warningcode',
])

const kind = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value

/** Fields that are null or set by the state of things, in the recording as in the simulator. */
const sometimesNull = new Set(['lastaccess', 'unreadcount', 'isonline', 'timeread', 'name'])

/** Where two answers differ in keys, kinds of values, or words that a client may read. */
export function differences(recorded: unknown, got: unknown, path = '$'): string[] {
  const key = path.split('.').at(-1) ?? ''
  if (kind(recorded) !== kind(got)) {
    if ([recorded, got].includes(null) && sometimesNull.has(key)) return []
    return [`${path}: ${kind(recorded)} recorded, ${kind(got)} got`]
  }
  if (Array.isArray(recorded) && Array.isArray(got)) return ofLists(recorded, got, path)
  if (kind(recorded) === 'object') return ofObjects(recorded as object, got as object, path)
  if (exact.has(key) && recorded !== got) return [`${path}: ${recorded} recorded, ${got} got`]
  return []
}

function ofLists(recorded: unknown[], got: unknown[], path: string): string[] {
  if ((recorded.length === 0) !== (got.length === 0))
    return [`${path}: ${recorded.length} recorded, ${got.length} got`]
  const pairs = Math.min(recorded.length, got.length)
  return Array.from({ length: pairs }, (_none, at) =>
    differences(recorded[at], got[at], `${path}[${at}]`),
  ).flat()
}

function ofObjects(recorded: object, got: object, path: string): string[] {
  const [left, right] = [recorded as Record<string, unknown>, got as Record<string, unknown>]
  const missing = Object.keys(left).filter((key) => !(key in right))
  const extra = Object.keys(right).filter((key) => !(key in left))
  return [
    ...missing.map((key) => `${path}.${key}: not in the simulator's answer`),
    ...extra.map((key) => `${path}.${key}: not in the recording`),
    ...Object.keys(left)
      .filter((key) => key in right)
      .flatMap((key) => differences(left[key], right[key], `${path}.${key}`)),
  ]
}
