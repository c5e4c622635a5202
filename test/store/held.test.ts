import { expect, it } from 'vitest'
import { changeConversation } from '../../lib/store/conversations.ts'
import { inOneStep, openStore } from '../../lib/store/db.ts'
import { countHeld } from '../../lib/store/held.ts'
import { bury, putMessages } from '../../lib/store/messages.ts'
import { rethread } from '../../lib/store/rethread.ts'
import type { AccountRow } from '../../lib/store/rows.ts'

const KEY = 'u5'
const account: AccountRow = {
  ...{ id: '3@moodle.example', wwwroot: 'https://moodle.example', userId: 3, formerWwwroots: [] },
  ...{ siteName: '', fullName: 'Tara', onlyMe: false, timeSwitchedOn: 0, locked: false },
}

const said = (id: number, m = `m${id}`) => ({
  ...{ id, authorId: 5, timeCreated: 1e9 + id, html: `<p>${id}</p>` },
  link: {
    ...({ dialogueId: 'aaaaaaaaaaaa', m, does: 'reply', repliesExpected: true, text: 'Essay' } as const),
    url: 'https://moodle.example/course/view.php?id=2',
  },
})

it('counts what the site counts too: what was said again, and not what was deleted on one’s own side', async () => {
  const store = openStore('held')
  await store.accounts.put(account)
  const all = Array.from({ length: 300 }, (_, i) => said(i + 1))
  await inOneStep(store, async () => {
    await changeConversation(store, account.id, KEY, { memberIds: [5], complete: true })
    await putMessages(store, account.id, KEY, [...all, said(301, 'm7')])
    await bury(store, account.id, KEY, [10, 200])
    await rethread(store, account, KEY)
  })
  let read = 0
  store.messages.hook('reading', (row) => {
    read += 1
    return row
  })
  expect(await countHeld(store, account.id, KEY, 1)).toBe(299)
  expect(await countHeld(store, account.id, KEY, 10, 199)).toBe(189)
  expect(await countHeld(store, account.id, KEY, 201)).toBe(101)
  expect(read).toBeLessThan(10)
})
