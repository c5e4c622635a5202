import { expect, test } from 'vitest'
import { type Listing, listings } from '../../lib/moodle/catalogue.ts'
import { pageOf } from '../../scripts/docs/page.ts'

const some = (component: string): [string, Listing][] =>
  [...listings()].filter(([, listing]) => listing.component === component)

const part = (page: string, name: string): string =>
  page.split(/^## /m).find((one) => one.startsWith(`${name}\n`)) ?? ''

test('a component’s page has each of its functions, with reach, releases and fields', async () => {
  const page = await pageOf('core_badges', some('core_badges'))
  expect([...page.matchAll(/^## (\w+)$/gm)].map(([, name]) => name)).toEqual(
    some('core_badges').map(([name]) => name),
  )
  const badge = part(page, 'core_badges_get_badge')
  expect(badge).toContain('Reads. Over an ordinary token. Not in Moodle 4.4dev.')
  expect(badge).toContain('| `id` | number (int) |  |')
  expect(badge).toContain('| `badge.alignment[].targetCode` | string or null | may be missing |')
})

test('a function that is written by hand shows what its check hands on', async () => {
  const page = await pageOf('core_message', some('core_message'))
  const about = part(page, 'core_message_send_instant_messages')
  expect(about).toContain('Writes. Over a session and over an ordinary token.')
  expect(about).toContain('Written by hand')
  expect(about).toContain('| `messages[].textformat` | number (int) | may be missing |')
  expect(about).toContain('| `[].errormessage` | string or null | may be missing |')
})

test('a function beyond both says how it is reached', async () => {
  const page = await pageOf('core_user', some('core_user'))
  expect(part(page, 'core_user_create_users')).toContain(
    'Only with the token of a service that the site’s admin made.',
  )
})

test('every page can be made', async () => {
  const components = Map.groupBy(listings(), ([, { component }]) => component)
  for (const [component, all] of components) {
    const page = await pageOf(component, all)
    expect(page.match(/^### Answer$/gm)).toHaveLength(all.length)
    expect(page).not.toMatch(/undefined|\[object/)
  }
})
