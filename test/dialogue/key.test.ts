import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivedKeys, isDialogueId, isKey, newKey } from '../../lib/dialogue/key.ts'

const sha256 = async (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

describe('keys', () => {
  it('are made of whatever randomness is handed in', () => {
    const property = fc.property(
      fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
      (numbers) => {
        expect(isKey(newKey(() => numbers.next().value ?? 0))).toBe(true)
      },
    )
    fc.assert(property)
  })

  it('use all the characters there are', () => {
    const characters = Array.from({ length: 36 }, (_, i) => newKey(() => i / 36).slice(0, 1))
    expect(characters.join('')).toBe('0123456789abcdefghijklmnopqrstuvwxyz')
  })

  it.each([
    '',
    'k3f9a0qm2xt',
    'k3f9a0qm2xtbb',
    'K3f9a0qm2xtb',
    'k3f9a0qm2xt\n',
    'k3f9a0qm2xt-',
    '१२३४५६७८९०१२',
  ])('are not %j', (s) => {
    expect(isKey(s)).toBe(false)
  })

  it('name a dialogue, as does the word for the general one', () => {
    expect(['k3f9a0qm2xtb', 'general', 'generals', ''].map(isDialogueId)).toEqual([true, true, false, false])
  })

  it('of a rule are the first twelve of fifty digits of the digest in base 36, and its dialogue the next', async () => {
    const digest = createHash('sha256').update('s3cret:r1:42').digest()
    const number = digest.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n)
    const digits = Array.from({ length: 50 }, (_, i) => (number / 36n ** BigInt(49 - i)) % 36n)
    const expected = digits.map((digit) => Number(digit).toString(36)).join('')
    const { m, dialogueId } = await derivedKeys({ salt: 's3cret', ruleId: 'r1', userId: 42 }, sha256)
    expect(m).toBe(expected.slice(0, 12))
    expect(dialogueId).toBe(expected.slice(12, 24))
    expect([m, dialogueId].map(isKey)).toEqual([true, true])
  })

  it('of a rule keep their leading zeros', async () => {
    const tiny = async () => new Uint8Array(32).fill(1, 31)
    const keys = await derivedKeys({ salt: '', ruleId: '', userId: 1 }, tiny)
    expect(keys).toEqual({ m: '000000000000', dialogueId: '000000000000' })
  })
})
