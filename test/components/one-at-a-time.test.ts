import { expect, test } from 'vitest'
import { oneAtATime } from '../../components/models/one-at-a-time.ts'

test('one is under way at a time, and once more for all that was asked meanwhile', async () => {
  const answers: (() => void)[] = []
  const ask = oneAtATime(() => new Promise((done) => answers.push(done)))
  const all = [ask(), ask(), ask()]
  expect(answers).toHaveLength(1)
  answers[0]?.()
  await expect.poll(() => answers.length).toBe(2)
  answers[1]?.()
  await Promise.all(all)
  expect(answers).toHaveLength(2)
  void ask()
  expect(answers).toHaveLength(3)
})
