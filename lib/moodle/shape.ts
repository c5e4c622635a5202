/**
 * What a function takes and answers, as Moodle describes it, in a form that is short on paper:
 *
 *   int  raw  alphanumext …   a value of that type, or null       {id:int!,name:raw?}   an object
 *   int!                      never null                          [int!]                a list
 *   name:text?                may be missing                      limit:int=20          missing, it is 20
 *   +name  -name              only in the newer, only in the older of the two releases
 */
export type Shape =
  | { readonly kind: 'value'; readonly type: string; readonly notnull: boolean }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'object'; readonly fields: readonly Field[] }

export type Presence = '' | '+' | '-'

export interface Field {
  readonly name: string
  readonly shape: Shape
  readonly presence: Presence
  readonly need: 'required' | 'optional' | 'default'
  /** JSON. */
  readonly default?: string
}

export function writeShape(shape: Shape): string {
  if (shape.kind === 'value') return shape.type + (shape.notnull ? '!' : '')
  if (shape.kind === 'list') return `[${writeShape(shape.of)}]`
  return `{${shape.fields.map(writeField).join()}}`
}

function writeField(field: Field): string {
  const end = { required: '', optional: '?', default: `=${field.default}` }[field.need]
  return `${field.presence}${field.name}:${writeShape(field.shape)}${end}`
}

const patterns = {
  name: /([+-]?)(\w+):/y,
  value: /(\w+)(!?)/y,
  end: /\?|=("(?:[^"\\]|\\.)*"|\[\]|[^,}\]]+)|/y,
}

/** Reads what `writeShape` wrote. */
export function readShape(text: string): Shape {
  let at = 0

  function take(pattern: RegExp): RegExpExecArray {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (!found) throw new Error(`no shape at ${at}: ${text.slice(at, at + 20)}`)
    at = pattern.lastIndex
    return found
  }

  function skip(letter: string): boolean {
    if (text[at] !== letter) return false
    at += 1
    return true
  }

  function shape(): Shape {
    if (skip('[')) return list()
    if (skip('{')) return { kind: 'object', fields: fields() }
    const [, type = '', notnull] = take(patterns.value)
    return { kind: 'value', type, notnull: notnull === '!' }
  }

  function list(): Shape {
    const of = shape()
    skip(']')
    return { kind: 'list', of }
  }

  function fields(): Field[] {
    const all: Field[] = []
    while (!skip('}')) {
      all.push(field())
      skip(',')
    }
    return all
  }

  function field(): Field {
    const [, presence, name = ''] = take(patterns.name)
    const inner = shape()
    const [end, value] = take(patterns.end)
    const known = { name, shape: inner, presence: presence as Presence }
    if (value !== undefined) return { ...known, need: 'default', default: value }
    return { ...known, need: end === '?' ? 'optional' : 'required' }
  }

  return shape()
}
