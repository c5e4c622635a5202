import { expect, test } from 'vitest'
import { figure, median, p95 } from './figures.ts'

test('the median is the middle one, or between the two middle ones', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([8, 2, 4, 100])).toBe(6)
  expect(median([7])).toBe(7)
})

test('the 95th percentile is a value that was measured, by nearest rank', () => {
  const twenty = Array.from({ length: 20 }, (_, i) => 20 - i)
  expect(p95(twenty)).toBe(19)
  expect(p95([3, 1])).toBe(3)
  expect(p95([4])).toBe(4)
})

test('measuring leaves the samples in their order', () => {
  const samples = [3, 1, 2]
  median(samples)
  p95(samples)
  expect(samples).toEqual([3, 1, 2])
})

test('nothing measured is no figure', () => {
  expect(() => figure('click', 'ms', [])).toThrow('nothing was measured')
})

test('a figure is within its budget when its median is, whatever the slowest took', () => {
  expect(figure('click', 'ms', [10, 20, 900], 20)).toEqual({
    name: 'click',
    unit: 'ms',
    median: 20,
    p95: 900,
    budget: 20,
    within: true,
  })
})

test('rounding does not bring a figure within its budget', () => {
  expect(figure('click', 'ms', [50.04], 50)).toMatchObject({ median: 50, within: false })
})

test('without a budget there is nothing to keep', () => {
  expect(figure('bytes up', 'bytes', [1])).toMatchObject({ budget: null, within: null })
})
