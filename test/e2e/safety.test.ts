import { existsSync } from 'node:fs'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startSimulator } from '../moodle-simulator/index.ts'
import { launch } from './browser.ts'
import { boxOf, type Classroom, openClassroom, openDialogue, openPanel, showAll } from './classroom.ts'
import { ask } from './switch-on.ts'

let room: Classroom

beforeEach(async () => {
  const simulator = await startSimulator()
  simulator.say({ from: 'student3', to: 'teacher1', text: '<p>When can I see it?</p>' })
  room = await openClassroom({ simulator })
})

afterEach(() => room.close())

/** The files of the extension's database, wherever this browser keeps them. */
async function filesOfDatabase(profile: string, extensionId: string): Promise<string[]> {
  const folder = join(profile, 'Default', 'IndexedDB', `chrome-extension_${extensionId}_0.indexeddb.leveldb`)
  if (!existsSync(folder)) throw new Error('no database was found')
  return (await readdir(folder)).filter((name) => name !== 'LOCK').map((name) => join(folder, name))
}

it('a draft comes back, with its account, after the files of the database were spoilt', async () => {
  const { page, teacher } = room
  await openPanel(page)
  await showAll(page)
  await openDialogue(page, 'When can I see it?')
  await boxOf(page).fill('Half a sentence')
  await boxOf(page).blur()
  const [account] = await ask(room.own, 'accounts', undefined as never)
  if (!account) throw new Error('no account')
  const drafts = () => ask(room.own, 'drafts', { accountId: account.id })
  await expect.poll(async () => (await drafts()).map(({ text }) => text)).toEqual(['Half a sentence'])
  const { profile, extensionId } = teacher
  await teacher.close()

  for (const file of await filesOfDatabase(profile, extensionId)) await writeFile(file, 'spoilt')
  const again = await launch({ profile })
  room = { ...room, teacher: again, own: await again.own('manifest.json'), close: room.close }
  expect((await ask(room.own, 'accounts', undefined as never)).map(({ id }) => id)).toEqual([account.id])
  expect((await drafts()).map(({ text }) => text)).toEqual(['Half a sentence'])
  await again.close()
})
