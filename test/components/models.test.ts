import { signal } from '@preact/signals'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createConnection } from '../../components/models/connection.ts'
import { createDeskModel } from '../../components/models/desk.ts'
import { createListModel } from '../../components/models/list.ts'
import { createPopupModel } from '../../components/models/popup.ts'
import { createThreadModel } from '../../components/models/thread.ts'
import type { NewDialogueSeed } from '../../lib/dialogue/seed.ts'
import {
  ANNA,
  account,
  BEN,
  ESSAY,
  entry,
  HISTORY,
  message,
  myMessage,
  pickable,
  refTo,
  row,
  thread,
} from '../example.ts'
import { createFakeWorker } from './fake-worker.ts'
import { speak } from './words.ts'

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    row({ ref: refTo(ANNA, String(i).padStart(12, '0')), subject: `Subject ${i}` }),
  )

function office() {
  const { line, world, answers } = createFakeWorker()
  return { world, answers, connection: createConnection(line) }
}

beforeEach(() => speak())

describe('the list', () => {
  it('reads on page by page, each dialogue once', async () => {
    const { world, connection } = office()
    world.rows = rowsOf(100)
    const list = createListModel(connection, { scope: { kind: 'all' } })
    await list.load()
    expect(list.rows.value).toHaveLength(40)
    await Promise.all([list.more(), list.more()])
    await list.more()
    await list.more()
    expect(list.rows.value.map(({ subject }) => subject)).toEqual(world.rows.map(({ subject }) => subject))
  })

  it('asks again for as much as is on screen when something changed', async () => {
    const { world, connection } = office()
    world.rows = rowsOf(100)
    const list = createListModel(connection, { scope: { kind: 'all' } })
    await list.load()
    await list.more()
    world.rows = [row({ subject: 'New' }), ...world.rows]
    world.tell({ topics: ['dialogues'] })
    await vi.waitFor(() => expect(list.rows.value[0]?.subject).toBe('New'))
    expect(list.rows.value).toHaveLength(80)
  })

  it('shows the scope chosen last, whichever answer comes last', async () => {
    const { world, connection } = office()
    world.rows = [row(), row({ ref: refTo(BEN), course: HISTORY, subject: 'History' })]
    let answerFirst: (() => void) | undefined
    const slow = new Promise<void>((done) => {
      answerFirst = done
    })
    const { ask } = connection
    const waiting: typeof ask = async (name, ...data) => {
      const answer = await ask(name, ...data)
      if (name === 'dialogues' && JSON.stringify(data).includes('"all"},')) await slow
      return answer
    }
    const list = createListModel({ ...connection, ask: waiting }, { scope: { kind: 'all' } })
    const first = list.load()
    await list.setScope({ kind: 'course', courseId: HISTORY.id })
    answerFirst?.()
    await first
    expect(list.rows.value.map(({ subject }) => subject)).toEqual(['History'])
  })

  it('takes a filter off by a second press', async () => {
    const { world, connection } = office()
    world.rows = [row(), row({ ref: refTo(BEN), unread: 1 })]
    const list = createListModel(connection, { scope: { kind: 'all' } })
    await list.toggleFilter('unread')
    expect(list.rows.value).toHaveLength(1)
    await list.toggleFilter('unread')
    expect(list.rows.value).toHaveLength(2)
  })

  it('keeps what is on screen when the worker is away', async () => {
    const { world, connection } = office()
    world.rows = rowsOf(3)
    const list = createListModel(connection, { scope: { kind: 'all' } })
    await list.load()
    world.isDown = true
    await list.load()
    expect(list.rows.value).toHaveLength(3)
  })
})

describe('a dialogue', () => {
  const many = Array.from({ length: 100 }, (_, i) => message(i + 1))
  const begin = (byPerson = true, seen = signal(true)) => {
    const { world, connection } = office()
    const said: string[] = []
    const announce = (words: string) => said.push(words)
    const model = createThreadModel(connection, {
      ref: refTo(ANNA),
      byPerson,
      isVisible: () => seen.value,
      announce,
    })
    return { world, model, said }
  }

  it('reads older messages above those it has', async () => {
    const { world, model } = begin()
    world.put(thread({ messages: many }))
    await model.load()
    expect(model.view.value?.messages[0]?.id).toBe(61)
    await model.older()
    await model.older()
    await model.older()
    expect(model.view.value?.messages.map(({ id }) => id)).toEqual(many.map(({ id }) => id))
    expect(model.view.value?.older).toBe(false)
  })

  it('drops an old one that is no more', async () => {
    const { world, model } = begin()
    world.put(thread({ messages: many }))
    await model.load()
    await model.older()
    const { accountId, conversationKey } = refTo(ANNA)
    world.tell({ topics: ['thread'], accountId, conversationKey, gone: [50] })
    const ids = model.view.value?.messages.map(({ id }) => id)
    expect(ids).toContain(49)
    expect(ids).not.toContain(50)
  })

  it('keeps them when a new one arrives', async () => {
    const { world, model } = begin()
    world.put(thread({ messages: many }))
    await model.load()
    await model.older()
    world.change(refTo(ANNA), { messages: [...many, message(101)] })
    await vi.waitFor(() => expect(model.view.value?.messages.at(-1)?.id).toBe(101))
    expect(model.view.value?.messages[0]?.id).toBe(41)
  })

  it('leaves as they are those in which nothing changed', async () => {
    const { world, model } = begin()
    world.put(thread({ messages: many }))
    await model.load()
    const before = model.view.value?.messages.at(-1)
    const last = many.at(-1) ?? message(100)
    world.change(refTo(ANNA), { messages: [...structuredClone(many), message(101)] })
    await vi.waitFor(() => expect(model.view.value?.messages.at(-1)?.id).toBe(101))
    expect(model.view.value?.messages.at(-2)).toBe(before)
    world.change(refTo(ANNA), { messages: [...many.slice(0, -1), { ...last, unread: !last.unread }] })
    await vi.waitFor(() => expect(model.view.value?.messages.at(-1)?.id).toBe(100))
    expect(model.view.value?.messages.at(-1)?.unread).toBe(!last.unread)
  })

  it('leaves no gap where more arrived than one page holds', async () => {
    const { world, model } = begin()
    world.put(thread({ messages: many.slice(0, 10) }))
    await model.load()
    world.change(refTo(ANNA), { messages: many })
    await vi.waitFor(() => expect(model.view.value?.messages.at(-1)?.id).toBe(100))
    const ids = model.view.value?.messages.map(({ id }) => id) ?? []
    expect(ids).toEqual(many.slice(60).map(({ id }) => id))
  })

  it('keeps the line "new" where it was when it was opened', async () => {
    const { world, model } = begin()
    world.put(thread({ firstUnreadId: 3 }))
    await model.load()
    world.put(thread())
    await model.load()
    expect(model.view.value?.firstUnreadId).toBe(3)
  })

  const unread = [message(1), message(2, { unread: true }), message(3, { unread: true })]

  it('marks read exactly what it showed unread, once', async () => {
    const { world, model } = begin()
    world.put(thread({ messages: unread }))
    await model.load()
    await model.load()
    expect(world.questions('markRead')).toEqual([{ ref: refTo(ANNA), messageIds: [2, 3] }])
  })

  it('marks nothing read that an address opened, until a hand is there', async () => {
    const { world, model } = begin(false)
    world.put(thread({ messages: unread }))
    await model.load()
    expect(world.questions('markRead')).toEqual([])
    model.touched()
    expect(world.questions('markRead')).toHaveLength(1)
  })

  it('marks nothing read out of sight', async () => {
    const seen = signal(false)
    const { world, model } = begin(true, seen)
    world.put(thread({ messages: unread }))
    await model.load()
    expect(world.questions('markRead')).toEqual([])
    seen.value = true
    expect(world.questions('markRead')).toHaveLength(1)
  })

  it('says what became of a message, and what came', async () => {
    const { world, model, said } = begin()
    world.put(thread({ entries: [entry({ state: 'sending' }), entry({ key: 'b', state: 'sending' })] }))
    await model.load()
    const trouble = { kind: 'recipient-refuses', mender: 'nobody', serverSays: 'Contacts only' } as const
    world.put(
      thread({
        messages: [...thread().messages, myMessage(4), message(5)],
        entries: [entry({ key: 'b', state: 'refused', trouble })],
      }),
    )
    await model.load()
    expect(said).toEqual(['Sent', 'Not delivered: Contacts only', 'A new message'])
  })

  it('does not hear of other conversations', async () => {
    const { world, model } = begin()
    world.put(thread())
    await model.load()
    world.tell({ topics: ['thread'], conversationKey: 'u99' })
    expect(world.questions('thread')).toHaveLength(1)
  })
})

describe('the desk', () => {
  const place = { ...ESSAY }
  const at = async () => {
    const { world, connection, answers } = office()
    world.put(thread())
    world.put(thread({ ref: refTo(BEN), people: [BEN] }))
    const desk = createDeskModel(connection, { hello: answers.hello({ version: 1 }), place })
    return { world, desk, answers }
  }
  const draftOf = async (desk: Awaited<ReturnType<typeof at>>['desk']) =>
    vi.waitFor(() => {
      const route = desk.route.value
      const draft = route.level === 'dialogue' ? route.answer.draft.value : undefined
      if (!draft) throw new Error('no draft yet')
      return draft
    })

  it('keeps words with their person when another dialogue is opened', async () => {
    const { desk, world } = await at()
    desk.open(refTo(ANNA), true)
    const draft = await draftOf(desk)
    draft.change({ text: 'Dear Anna' })
    desk.open(refTo(BEN), true)
    expect(world.questions('saveDraft')).toMatchObject([{ key: 'u5/k3f9a0qm2xtb', text: 'Dear Anna' }])
    expect((await draftOf(desk)).draft.value.text).toBe('')
  })

  it('begins a new dialogue about the page, with its name as subject', async () => {
    const { desk } = await at()
    await desk.writeNew()
    const route = desk.route.value
    const draft = route.level === 'new' ? route.compose.draft.value : undefined
    expect(draft).toMatchObject({ key: 'new/2/3', subject: 'Essay 1', about: ESSAY })
  })

  it('goes on with a new dialogue that was begun before', async () => {
    const { desk, world } = await at()
    await desk.writeNew()
    const first = desk.route.value
    if (first.level === 'new') first.compose.change({ text: 'Dear', to: ANNA })
    desk.back()
    await vi.waitFor(() => expect(world.drafts.size).toBe(1))
    await desk.writeNew()
    const again = desk.route.value
    expect(again.level === 'new' && again.compose.draft.value).toMatchObject({ text: 'Dear', to: ANNA })
  })

  it('writes to the student whose work is on the page', async () => {
    const { desk, world } = await at()
    world.recipients = [pickable(ANNA), pickable(BEN)]
    desk.place.value = { ...place, personId: BEN.id, personName: BEN.fullName }
    await desk.writeNew()
    const route = desk.route.value
    await vi.waitFor(() => expect(route.level === 'new' && route.compose.draft.value.to).toEqual(BEN))
  })

  it('opens the dialogue that was sent', async () => {
    const { desk } = await at()
    await desk.writeNew()
    const route = desk.route.value
    if (route.level !== 'new') throw new Error('not at a new dialogue')
    route.compose.change({ text: 'Dear', to: ANNA })
    expect(await desk.send(route.compose)).toBeUndefined()
    expect(desk.openRef.value).toEqual(refTo(ANNA, 'n0n0n0n0n0n0'))
  })

  it('says why a new dialogue did not leave, and keeps it', async () => {
    const { desk, world } = await at()
    await desk.writeNew()
    const route = desk.route.value
    if (route.level !== 'new') throw new Error('not at a new dialogue')
    route.compose.change({ text: 'Dear', to: ANNA })
    world.refuses = { kind: 'messaging-off', mender: 'admin' }
    expect(await desk.send(route.compose)).toMatchObject({ kind: 'messaging-off' })
    expect(route.compose.draft.value.text).toBe('Dear')
  })

  it('asks for the dialogue on screen before the list beside it', async () => {
    const { desk, world, answers } = await at()
    const asked: string[] = []
    const { thread: giveThread, dialogues: giveList } = answers
    answers.thread = (ask) => {
      asked.push('thread')
      return giveThread(ask)
    }
    answers.dialogues = (ask) => {
      asked.push('list')
      return giveList(ask)
    }
    world.put(thread())
    desk.open(refTo(ANNA), true)
    await vi.waitFor(() => expect(asked).toEqual(['thread']))
    world.tell({ topics: ['dialogues', 'thread'] })
    expect(asked).toEqual(['thread', 'thread'])
    await vi.waitFor(() => expect(asked).toEqual(['thread', 'thread', 'list']))
  })

  const shownIn = (desk: Awaited<ReturnType<typeof at>>['desk']) => {
    const route = desk.route.value
    return route.level === 'dialogue' ? route.answer.thread.view.value : undefined
  }

  it('reads a dialogue while the button is still down, once', async () => {
    const { desk, world } = await at()
    desk.prepare(refTo(ANNA))
    desk.open(refTo(ANNA), true)
    await vi.waitFor(() => expect(shownIn(desk)?.ref).toEqual(refTo(ANNA)))
    expect(world.questions('thread')).toHaveLength(1)
  })

  it('reads it again where something changed since, or where another one was meant', async () => {
    const { desk, world } = await at()
    desk.prepare(refTo(ANNA))
    world.change(refTo(ANNA), { messages: [message(7)] })
    desk.open(refTo(ANNA), true)
    await vi.waitFor(() => expect(shownIn(desk)?.messages.map(({ id }) => id)).toEqual([7]))
    desk.prepare(refTo(ANNA))
    desk.open(refTo(BEN), true)
    await vi.waitFor(() => expect(shownIn(desk)?.ref).toEqual(refTo(BEN)))
  })

  it('opens what the worker asks it to show', async () => {
    const { desk, world } = await at()
    world.tell({ topics: ['show'], ref: refTo(BEN) })
    expect(desk.openRef.value).toEqual(refTo(BEN))
  })

  it('takes refused words back into the answer', async () => {
    const { desk, world } = await at()
    world.put(thread({ entries: [entry({ state: 'refused' })] }))
    desk.open(refTo(ANNA), true)
    const draft = await draftOf(desk)
    const route = desk.route.value
    if (route.level === 'dialogue') await route.answer.takeBack('p7d2w8zr41ch')
    expect(draft.draft.value.text).toBe('The second paragraph needs one.')
    expect(world.threads.get('3@moodle.example/school/u5/k3f9a0qm2xtb')?.entries).toEqual([])
  })
})

describe('turning a site on', () => {
  const wwwroot = 'https://moodle.example/school'
  const at = (allowed: boolean) => {
    const { world, connection, answers } = office()
    const order: string[] = []
    answers.probeTab = () => ({ wwwroot, state: 'off' })
    const popup = createPopupModel(connection, {
      tabId: Promise.resolve(7),
      requestSite: async () => {
        order.push('browser asked')
        return allowed
      },
    })
    return { world, answers, popup, order }
  }

  it('closed → asking → waiting → closed: prepared, allowed, finished', async () => {
    const { world, popup, order } = at(true)
    await popup.begin()
    popup.switchOn.ask()
    expect(popup.switchOn.state.value.step).toBe('asking')
    const done = popup.turnOn(true)
    // Within the click: a browser asks nobody after an await.
    expect(order).toEqual(['browser asked'])
    expect(popup.switchOn.state.value.step).toBe('waiting')
    await done
    expect(world.questions('prepareSwitchOn')).toEqual([{ wwwroot, tabId: 7, onlyMe: true }])
    expect(world.questions('finishSwitchOn')).toEqual([{ wwwroot }])
    expect(popup.switchOn.state.value.step).toBe('closed')
  })

  it('waiting → asking: the browser was told no', async () => {
    const { world, popup } = at(false)
    await popup.begin()
    await popup.turnOn(false)
    expect(world.questions('finishSwitchOn')).toEqual([])
    expect(popup.switchOn.state.value).toMatchObject({ step: 'asking', trouble: { kind: 'not-permitted' } })
  })

  it('waiting → asking: nobody is logged in there', async () => {
    const { answers, popup } = at(true)
    answers.finishSwitchOn = () => ({ kind: 'signed-out', mender: 'person' })
    await popup.begin()
    await popup.turnOn(false)
    expect(popup.switchOn.state.value).toMatchObject({ step: 'asking', trouble: { kind: 'signed-out' } })
  })

  it('asking → closed: not now', async () => {
    const { popup } = at(true)
    await popup.begin()
    popup.switchOn.ask()
    popup.switchOn.notNow()
    expect(popup.switchOn.state.value.step).toBe('closed')
  })

  it('knows a tab that is no Moodle', async () => {
    const { answers, popup } = at(true)
    answers.probeTab = () => undefined
    await popup.begin()
    expect(popup.tab.value).toEqual({ kind: 'no-moodle' })
    expect(popup.accounts.value).toEqual([account()])
  })
})

describe('the line to the worker', () => {
  it('is lost for good once the extension is gone from the page', async () => {
    const { line, world } = createFakeWorker()
    const connection = createConnection(line)
    world.isDown = true
    await expect(connection.ask('settings')).rejects.toThrow()
    expect(connection.lost.value).toBe(false)
    world.isAlive = false
    await expect(connection.ask('settings')).rejects.toThrow()
    expect(connection.lost.value).toBe(true)
  })
})

describe('an action of the page', () => {
  const seed: NewDialogueSeed = {
    to: [BEN],
    subject: 'Essay 1',
    about: { url: 'https://moodle.example/mod/assign/view.php?id=77', name: 'Essay 1', courseId: 2 },
    quote: 'Which two?',
  }

  async function deskFrom() {
    const { world, connection } = office()
    const [first] = world.accounts
    const hello = { version: 1, settings: world.settings, ...(first ? { account: first } : {}) }
    const desk = createDeskModel(connection, { hello })
    const compose = () => {
      const route = desk.route.value
      if (route.level !== 'new') throw new Error('no new dialogue is open')
      return route.compose
    }
    await desk.writeFrom(seed)
    return { world, desk, compose }
  }

  it('opens a dialogue that has not begun, and stores nothing before something is typed', async () => {
    const { world, desk, compose } = await deskFrom()
    expect(compose().draft.value).toMatchObject({ to: BEN, subject: 'Essay 1', about: seed.about })
    expect(compose().draft.value.text).toContain('Which two?')
    desk.back()
    expect(world.drafts.size).toBe(0)
  })

  it('finds the words again that were written to this person about this page', async () => {
    const { desk, compose } = await deskFrom()
    compose().change({ text: 'The second, I think.' })
    await compose().save()
    await desk.writeFrom({ ...seed, to: [ANNA] })
    expect(compose().draft.value).toMatchObject({ to: ANNA })
    expect(compose().draft.value.text).not.toContain('The second')
    await desk.writeFrom(seed)
    expect(compose().draft.value).toMatchObject({ to: BEN, text: 'The second, I think.' })
  })
})
