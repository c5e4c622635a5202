import { expect, test } from 'vitest'
import { figure } from './figures.ts'
import { lines, table } from './table.ts'

test('a table has a line for each figure, numbers flush right, and says what was missed', () => {
  const figures = [
    figure('repeat open', 'ms', [20.5], 25),
    figure('first open', 'ms', [61, 61], 50),
    figure('bytes up', 'bytes', [1234]),
  ]
  expect(table(figures)).toBe(
    [
      'what         unit   median    p95  budget',
      '-------------------------------------------------',
      'repeat open  ms       20.5   20.5      25  ok',
      'first open   ms         61     61      50  MISSED',
      'bytes up     bytes   1,234  1,234',
    ].join('\n'),
  )
})

test('a figure by itself says its budget where it has one', () => {
  expect(lines([figure('first open', 'ms', [61, 63], 50), figure('bytes up', 'bytes', [1234])])).toEqual([
    'first open: 62 ms (p95 63), MISSED (50)',
    'bytes up: 1,234 bytes (p95 1,234)',
  ])
})
