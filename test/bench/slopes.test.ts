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

it('only tasks of the worker’s own thread count as its processor time', () => {
  const name = (tid: number, name: string) => ({ ph: 'M', name: 'thread_name', pid: 7, tid, args: { name } })
  const task = (tid: number, tdur: number) => ({
    ph: 'X',
    name: 'ThreadControllerImpl::RunTask',
    pid: 7,
    tid,
    tdur,
  })
  const other = { ph: 'X', name: 'Receive mojo message', pid: 7, tid: 1, tdur: 300 }
  const events = [name(1, 'ServiceWorker thread'), name(2, 'CrRendererMain')]
  expect(busyMilliseconds([...events, task(1, 800), task(2, 5000), other, task(1, 200)])).toBe(1)
})
