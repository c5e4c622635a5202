import { md5 } from 'js-md5'
import { expect, test } from 'vitest'
import { md5 as short } from '../../lib/moodle/short-md5.ts'

test('what the extension is built with says the same as the whole package', () => {
  const texts = ['', 'a', 'https://moodle.example/größe', '試験'.repeat(9)]
  for (let length = 50; length < 140; length++) texts.push('x7'.repeat(length).slice(0, length))
  for (const text of texts) expect(short(text), text).toBe(md5(text))
})
