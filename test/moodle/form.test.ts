import { expect, test } from 'vitest'
import { toForm } from '../../lib/moodle/form.ts'

test('nested parameters are written as PHP reads them', () => {
  const messages = [
    { touserid: 5, text: 'a&b' },
    { touserid: 6, text: 'c' },
  ]
  expect(toForm({ messages })).toEqual([
    ['messages[0][touserid]', '5'],
    ['messages[0][text]', 'a&b'],
    ['messages[1][touserid]', '6'],
    ['messages[1][text]', 'c'],
  ])
})

test('booleans become 1 and 0', () => {
  expect(toForm({ newest: true, favourites: false })).toEqual([
    ['newest', '1'],
    ['favourites', '0'],
  ])
})

test('null, undefined and empty lists are left out, an empty text and zero are not', () => {
  expect(toForm({ type: null, favourites: undefined, userids: [], search: '', limitfrom: 0 })).toEqual([
    ['search', ''],
    ['limitfrom', '0'],
  ])
})

test('lists of numbers are numbered', () => {
  expect(toForm({ userids: [6, 3] })).toEqual([
    ['userids[0]', '6'],
    ['userids[1]', '3'],
  ])
})
