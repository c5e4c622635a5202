import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { attacks, suffer } from './hostile-calls.ts'

test('whatever a server answers, the client ends with an answer or an error of its family, and tells no secret', {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(attacks, async (attack) => {
      expect(await suffer(attack)).toBeUndefined()
    }),
    { numRuns: 1500 },
  )
})
