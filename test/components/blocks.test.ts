import fc from 'fast-check'
import { expect, it } from 'vitest'
import { inBlocks } from '../../components/thread/blocks.ts'
import { message } from '../example.ts'

const all = Array.from({ length: 300 }, (_, i) => message(i + 1))

it('every message is in one block, in order, whatever was shown before', () => {
  const stretch = fc
    .tuple(fc.nat(300), fc.nat(300))
    .map(([one, other]) => all.slice(Math.min(one, other), Math.max(one, other)))
  fc.assert(
    fc.property(stretch, stretch, (before, now) => {
      const blocks = inBlocks(now, inBlocks(before, []))
      expect(blocks.flatMap(({ messages }) => messages)).toEqual(now)
      expect(blocks.every(({ messages }) => messages.length > 0 && messages.length <= 20)).toBe(true)
      expect(blocks.map((block) => block.before)).toEqual([
        ...(blocks.length > 0 ? [undefined] : []),
        ...blocks.slice(0, -1).map(({ messages }) => messages.at(-1)),
      ])
    }),
  )
})

it('a block stays the very same while older messages come above it and new ones below', () => {
  const held = inBlocks(all.slice(100, 150), [])
  const now = inBlocks(all.slice(60, 155), held)
  expect(now.map(({ messages }) => messages.length)).toEqual([20, 20, 20, 20, 15])
  // The first of the old ones has another message before it now, the last has more in it.
  expect(now.map((block) => held.includes(block))).toEqual([false, false, false, true, false])
})

it('a block in which one message changed is another one, and no other is', () => {
  const held = inBlocks(all.slice(0, 60), [])
  const changed = all.slice(0, 60).map((each) => (each.id === 30 ? { ...each, html: '<p>Other</p>' } : each))
  expect(inBlocks(changed, held).map((block) => held.includes(block))).toEqual([true, false, true])
})
