import { expect, it } from 'vitest'
import { afterAnswer, afterSilence, FIRST_PACE, secondsFor } from '../../lib/dialogue/pace.ts'

it('says nothing new of a site that answers about as quickly as before', () => {
  const first = afterAnswer(FIRST_PACE, 25, 1000)
  expect(first).toEqual({ chunk: 25, msPerMessage: 40 })
  expect(afterAnswer(first, 25, 1150)).toEqual(first)
  expect(afterAnswer(first, 25, 1250)).toEqual({ chunk: 25, msPerMessage: 50 })
  expect(secondsFor(first, 100)).toBe(4)
})

it('asks a slow site for less, and grows by half again when it is quick', () => {
  const slow = afterAnswer(FIRST_PACE, 25, 20_000)
  expect(slow.chunk).toBe(10)
  expect(afterSilence(slow).chunk).toBe(5)
  expect(afterAnswer(slow, 10, 100).chunk).toBe(15)
})
