import { expect, test } from 'vitest'
import { figure } from './figures.ts'
import { table } from './table.ts'

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
