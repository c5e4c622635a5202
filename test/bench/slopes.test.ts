import { expect, it } from 'vitest'
import { figure } from './figures.ts'
import { busyMilliseconds } from './inspector.ts'
import { slopes } from './slopes.ts'

const at = (messages: number, ms: number) => ({ messages, figures: [figure('open', 'ms', [ms])] })

it('what does not depend on the size has no slope', () => {
  expect(slopes([at(20_000, 31), at(60_000, 31), at(100_000, 31)])[0]?.median).toBe(0)
})

it('a slope is the cost of ten thousand more messages, along the closest line', () => {
  expect(slopes([at(20_000, 10), at(60_000, 14), at(100_000, 18)])[0]?.median).toBe(1)
  expect(slopes([at(0, 10), at(10_000, 13), at(20_000, 12)])[0]?.median).toBe(1)
})

it('one size alone says nothing', () => {
  expect(slopes([at(20_000, 10)])).toEqual([])
})

it('a thread is busy in every sample that is not idle', () => {
  const node = (id: number, functionName: string) => ({ id, callFrame: { functionName } })
  const nodes = [node(1, '(idle)'), node(2, 'work'), node(3, '(program)')]
  const profile = { nodes, samples: [1, 2, 2, 3, 1], timeDeltas: [9000, 500, 250, 250, 4000] }
  expect(busyMilliseconds(profile)).toBe(1)
})
