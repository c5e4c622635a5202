import * as z from 'zod/mini'
import { bool, int, list, maybe, nothing, num, opt, params, row, str } from './functions/shapes.ts'
import { once } from './once.ts'
import { emptyListAsObject, rawAsText } from './quirks.ts'
import type { Field, Shape } from './shape.ts'

type Schema = z.ZodMiniType

/** What is sent and what comes are described alike, but checked differently. */
interface Way {
  readonly value: (type: string, notnull: boolean) => Schema
  readonly object: (fields: readonly Field[]) => Schema
}

const scalars: Record<string, Schema> = { int, float: num, bool }
const rawParam = once(() => z.union([str, num]))
const rawAnswer = once(() => z.pipe(z.transform(rawAsText), str))
const rawAnswerOrNull = once(() => z.pipe(z.transform(rawAsText), maybe(str)))

/** Null is left out before (it cannot be expressed in a form), so no parameter can be null. */
const sent: Way = {
  value: (type) => (type === 'raw' ? rawParam() : (scalars[type] ?? str)),
  object: (fields) => params(entriesOf(fields, sent)),
}

const answered: Way = {
  value(type, notnull) {
    if (type === 'raw') return notnull ? rawAnswer() : rawAnswerOrNull()
    const schema = scalars[type] ?? str
    return notnull ? schema : maybe(schema)
  },
  object(fields) {
    const schema = row(entriesOf(fields, answered))
    const mayBeEmpty = fields.every((field) => field.need !== 'required')
    return mayBeEmpty ? z.pipe(z.transform(emptyListAsObject), schema) : schema
  },
}

/** The check for the parameters of a function. */
export const paramsSchema = (fields: readonly Field[]): z.ZodMiniType<object, object> =>
  params(entriesOf(fields, sent))

/** The check for the answer of a function; without a shape it answers nothing. */
export const returnsSchema = (shape: Shape | undefined): Schema =>
  shape ? schemaOf(shape, answered) : nothing()

function schemaOf(shape: Shape, way: Way): Schema {
  if (shape.kind === 'list') return list(schemaOf(shape.of, way))
  return shape.kind === 'value' ? way.value(shape.type, shape.notnull) : way.object(shape.fields)
}

function entriesOf(fields: readonly Field[], way: Way): Record<string, Schema> {
  const entries = fields.map(({ name, shape, need }) => {
    const schema = schemaOf(shape, way)
    return [name, need === 'required' ? schema : opt(schema)] as const
  })
  return Object.fromEntries(entries)
}
