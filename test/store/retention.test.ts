import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeLink } from '../../lib/dialogue/link.ts'
import { forgetOldWords } from '../../lib/store/retention.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from '../sync/computer.ts'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(() => simulator.close())

const YEAR = 365 * 86_400

function say(text: string, dialogueId: string, m: string, does: 'open' | 'close', timecreated: number): void {
  const url = `${simulator.wwwroot}/course/view.php?id=2`
  const link = writeLink({ url, dialogueId, m, does, subject: 'Lab report', courseId: 2 })
  simulator.say({ from: 'student4', to: 'teacher1', text: `<p>${text}</p>${link}`, timecreated })
}

async function forget(): Promise<void> {
  const account = await tara.store.accounts.get(tara.accountId)
  if (account) await forgetOldWords(tara.store, account, simulator.clock.now() - 180 * 86_400)
}

const htmls = async () =>
  (await tara.store.messages.toArray()).filter(({ key }) => key === 'u8').map(({ html }) => html)

it('forgets old words, keeps links for ever, and leaves open dialogues whole', async () => {
  const old = simulator.clock.now() - YEAR
  simulator.say({ from: 'student4', to: 'teacher1', text: '<p>General, old</p>', timecreated: old - 9 })
  say('Closed, old', 'aaaaaaaaaaaa', 'aaaaaaaaaaab', 'open', old)
  say('Last word', 'aaaaaaaaaaaa', 'aaaaaaaaaaac', 'close', old + 1)
  say('Open, old', 'bbbbbbbbbbbb', 'bbbbbbbbbbbc', 'open', old + 2)
  await tara.engine.round(tara.accountId)
  await tara.engine.catchUp(tara.accountId)
  for (const { id } of simulator.messagesBetween('student4', 'teacher1'))
    await tara.store.messages.update([tara.accountId, 'u8', id], { unread: 0 })
  await forget()
  expect(await htmls()).toEqual(['', '', '<p>Open, old</p>'])
  expect(
    (await tara.list()).rows
      .filter(({ ref }) => ref.conversationKey === 'u8')
      .map(({ subject, state }) => [subject, state]),
  ).toContainEqual(['Lab report', 'closed'])
})

it('reads forgotten words again when the person asks for older messages', async () => {
  simulator.say({
    from: 'student4',
    to: 'teacher1',
    text: '<p>Old</p>',
    timecreated: simulator.clock.now() - YEAR,
  })
  simulator.say({ from: 'student4', to: 'teacher1', text: '<p>New</p>' })
  await tara.engine.round(tara.accountId)
  for (const { id } of simulator.messagesBetween('student4', 'teacher1'))
    await tara.store.messages.update([tara.accountId, 'u8', id], { unread: 0 })
  await forget()
  expect(await htmls()).toEqual(['<p>New</p>'])
  await tara.engine.older(tara.accountId, 'u8')
  expect(await htmls()).toEqual(['<p>Old</p>', '<p>New</p>'])
})
