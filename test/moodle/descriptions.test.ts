import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogue, describe as describeFunction } from '../../lib/moodle/catalogue.ts'
import { isLostInForm, toForm } from '../../lib/moodle/form.ts'
import { paramsSchema, returnsSchema } from '../../lib/moodle/schema.ts'
import { readShape, type Shape, writeShape } from '../../lib/moodle/shape.ts'
import { parseForm } from '../moodle-simulator/form.ts'
import { faultsOf, fitting, objects, shapes, spoilt } from './arbitrary.ts'

const answers = shapes.chain((shape) => fc.tuple(fc.constant(shape), fitting(shape, { way: 'returns' })))
const wishes = objects.chain((shape) => fc.tuple(fc.constant(shape), fitting(shape, { way: 'params' })))

const firstPath = (result: { error?: { issues: { path: PropertyKey[] }[] } | undefined }) =>
  result.error?.issues[0]?.path

test('a description that is written down is read as it was', () => {
  fc.assert(
    fc.property(shapes, (shape) => {
      expect(readShape(writeShape(shape))).toEqual(shape)
    }),
  )
})

test('a description that is no description is refused', () => {
  for (const text of ['', '{', '{a}', '{a:int,', '[', '{:int}'])
    expect(() => readShape(text)).toThrow('no shape')
})

describe('an answer', () => {
  test('that fits its description passes as it is', () => {
    fc.assert(
      fc.property(answers, ([shape, value]) => {
        expect(returnsSchema(shape).safeParse(value).data).toEqual(value)
      }),
    )
  })

  test('with one thing wrong fails at that very place', () => {
    fc.assert(
      fc.property(answers, fc.nat(), ([shape, value], at) => {
        const faults = faultsOf(shape, value)
        const fault = faults[at % faults.length]
        if (!fault) return expect.unreachable()
        const result = returnsSchema(shape).safeParse(spoilt(value, fault))
        expect(firstPath(result)).toEqual(fault.path)
      }),
    )
  })

  test('loses what is not described', () => {
    const shape = readShape('{id:int!,rows:[{name:raw?}]}')
    const answer = { id: 1, more: 2, rows: [{ name: 'x', more: 3 }] }
    expect(returnsSchema(shape).parse(answer)).toEqual({ id: 1, rows: [{ name: 'x' }] })
  })

  test.each([
    ['an object without fields is an empty list to PHP', '{a:int?}', [], {}],
    ['a raw number', 'raw', 5, '5'],
    ['a raw true', 'raw!', true, '1'],
    ['a raw false', 'raw!', false, ''],
    ['a raw null', 'raw', null, null],
  ])('%s', (_, shape, answer, value) => {
    expect(returnsSchema(readShape(shape)).parse(answer)).toEqual(value)
  })

  test('of a function that answers nothing may be anything', () => {
    for (const answer of [null, [], undefined, 'x'])
      expect(returnsSchema(undefined).parse(answer)).toBeUndefined()
  })
})

describe('parameters', () => {
  test('that fit their description pass as they are, and with one thing wrong fail at that very place', () => {
    fc.assert(
      fc.property(wishes, fc.nat(), ([shape, value], at) => {
        const schema = paramsSchema(shape.fields)
        expect(schema.safeParse(value).data).toEqual(value)
        const faults = faultsOf(shape, value)
        const fault = faults[at % faults.length]
        if (fault) expect(firstPath(schema.safeParse(spoilt(value, fault)))).toEqual(fault.path)
      }),
    )
  })

  test('that nobody knows are refused by name', () => {
    const result = paramsSchema([
      { name: 'id', presence: '', need: 'optional', shape: readShape('int') },
    ]).safeParse({
      nonsense: 1,
    })
    expect(result.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: ['nonsense'] })
  })

  test('come out of a form, read by the rules of PHP, as they went in', () => {
    fc.assert(
      fc.property(wishes, ([shape, value]) => {
        const form = new URLSearchParams(toForm(value as object))
        fc.pre(form.size <= 1000 && !isLostInForm(value as object))
        expect(meant(shape, parseForm(form.toString()))).toEqual(value)
      }),
    )
  })
})

/** What a form's texts mean, by the description. */
function meant(shape: Shape, said: unknown): unknown {
  if (shape.kind === 'list') return Array.isArray(said) ? said.map((row) => meant(shape.of, row)) : said
  if (shape.kind === 'object') {
    const fields = Object.entries(said ?? {}).map(([name, inner]) => {
      const field = shape.fields.find((one) => one.name === name)
      return [name, field ? meant(field.shape, inner) : inner]
    })
    return Object.fromEntries(fields)
  }
  if (shape.type === 'bool') return said === '1' ? true : said === '0' ? false : said
  return shape.type === 'int' || shape.type === 'float' ? Number(said) : said
}

describe('every function of the catalogue', () => {
  const names = catalogue.names()

  test('can be described, and its description is in order', async () => {
    for (const name of names) {
      const { params, returns } = await describeFunction(name)
      const again = params.map(({ shape }) => readShape(writeShape(shape)))
      expect(again).toEqual(params.map(({ shape }) => shape))
      if (returns) expect(readShape(writeShape(returns))).toEqual(returns)
    }
    expect(names.length).toBeGreaterThan(760)
  })

  test('accepts an answer that fits, and names the place where another does not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.context(), fc.gen(), async (name, context, generate) => {
        const { returns } = await describeFunction(name)
        if (!returns) return
        const definition = await catalogue.load(name)
        const value = generate(fitting, returns, { way: 'returns' as const })
        expect(definition.returns.safeParse(value).data).toEqual(value)
        const faults = faultsOf(returns, value)
        const fault = faults[generate(fc.nat) % faults.length]
        if (!fault) return
        context.log(fault.path.join('.'))
        expect(firstPath(definition.returns.safeParse(spoilt(value, fault)))).toEqual(fault.path)
      }),
    )
  })
})
