/** PHP reads no more than this many variables, and says nothing about the rest. */
const MAX_INPUT_VARS = 1000

type Nested = { [key: string]: Nested | string }

function put(into: Nested, path: string[], value: string): void {
  const [head = '', ...rest] = path
  const key = head === '' ? String(Object.keys(into).length) : head
  if (rest.length === 0) {
    into[key] = value
    return
  }
  const held = into[key]
  const inner: Nested = typeof held === 'object' ? held : {}
  into[key] = inner
  put(inner, rest, value)
}

/** `a[0][b]=c` as PHP reads it: arrays are what has the keys 0, 1, 2… */
export function parseForm(text: string): Record<string, unknown> {
  const out: Nested = Object.create(null)
  const pairs = [...new URLSearchParams(text)].slice(0, MAX_INPUT_VARS)
  for (const [name, value] of pairs) {
    const at = name.indexOf('[')
    if (at <= 0) out[name] = value
    else
      put(
        out,
        [name.slice(0, at), ...[...name.slice(at).matchAll(/\[([^\]]*)\]/g)].map((found) => found[1] ?? '')],
        value,
      )
  }
  return lists(out) as Record<string, unknown>
}

function lists(value: Nested | string): unknown {
  if (typeof value === 'string') return value
  const entries = Object.entries(value).map(([key, inner]) => [key, lists(inner)] as const)
  const isList = entries.length > 0 && entries.every(([key], at) => key === String(at))
  return isList ? entries.map(([, inner]) => inner) : Object.fromEntries(entries)
}
