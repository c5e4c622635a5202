import { expect, it } from 'vitest'
import { dialogueInAddress } from '../../lib/dialogue/address.ts'

it.each([
  ['https://moodle.example/#dialogue=k3f9a0qm2xtb', { dialogueId: 'k3f9a0qm2xtb' }],
  [
    'https://moodle.example/#dialogue=k3f9a0qm2xtb&m=p7d2w8zr41ch&do=close&course=4',
    { dialogueId: 'k3f9a0qm2xtb', m: 'p7d2w8zr41ch' },
  ],
  ['https://moodle.example/#dialogue=general&m=x', { dialogueId: 'general' }],
  ['https://moodle.example/?dialogue=k3f9a0qm2xtb', undefined],
  ['https://moodle.example/#dialogue=../../x', undefined],
  ['https://moodle.example/#p7', undefined],
  ['https://moodle.example/', undefined],
])('The address %s asks for %j', (url, asked) => expect(dialogueInAddress(url)).toEqual(asked))
