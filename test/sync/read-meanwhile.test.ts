import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { seen } from '../../lib/sync/mark-read.ts'
import { type Simulator, startSimulator } from '../moodle-simulator/index.ts'
import { type Computer, computerOf } from './computer.ts'

let simulator: Simulator
let tara: Computer

beforeEach(async () => {
  simulator = await startSimulator()
  tara = await computerOf(simulator, 'teacher1')
})

afterEach(async () => {
  vi.unstubAllGlobals()
  await simulator.close()
})

const say = (text: string) => simulator.say({ from: 'student1', to: 'teacher1', text: `<p>${text}</p>` }).id

async function sync(): Promise<void> {
  await tara.engine.catchUp(tara.accountId)
  await tara.engine.round(tara.accountId)
}

/** The site's next answer to this is given, and is long on its way: until then other things happen. */
function onItsWay(name: string, meanwhile: () => Promise<unknown>): void {
  const { fetch } = globalThis
  let isOver = false
  vi.stubGlobal('fetch', async (...args: Parameters<typeof fetch>) => {
    const asked = await (args[0] as Request).clone().text()
    const answer = await fetch(...args)
    if (isOver || !asked.includes(name)) return answer
    isOver = true
    await meanwhile()
    return answer
  })
}

/** As the panel does when a dialogue is looked at, until the site has heard of it. */
async function read(id: number): Promise<void> {
  await seen(tara.world, await tara.account(), 'u5', [id])
  await tara.engine.tellReads(tara.accountId)
}

const unread = async () => {
  const rows = await tara.store.messages.where({ accountId: tara.accountId, unread: 1 }).toArray()
  return rows.filter(({ key }) => key === 'u5').map(({ id }) => id)
}

/** More than are listed one by one, all of them read. */
async function haveTalked(): Promise<void> {
  const elsewhere = await tara.world.connect(await tara.account())
  if (!('moodle' in elsewhere)) throw new Error('no connection')
  for (let i = 0; i < 40; i++)
    await elsewhere.moodle.call('core_message_mark_message_read', { messageid: say(`Said ${i}`) })
}

it.each([
  ['a look', 'core_message_get_messages', () => tara.engine.round(tara.accountId)],
  [
    'showing the conversation',
    'core_message_get_conversation_between_users',
    () => tara.engine.pull(tara.accountId, 'u5'),
  ],
])(
  'what is read while the answer to %s is on its way stays read, and so does the rest',
  async (_, name, ask) => {
    await haveTalked()
    const id = say('Read me')
    await sync()
    expect(await unread()).toEqual([id])
    const meanwhile = vi.fn(() => read(id))
    onItsWay(name, meanwhile)
    await ask()
    expect(meanwhile).toHaveBeenCalledOnce()
    expect(await unread()).toEqual([])
  },
)
