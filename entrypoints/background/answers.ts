import { siteOf } from '../../lib/dialogue/dialogue.ts'
import type { Trouble } from '../../lib/dialogue/trouble.ts'
import { type Hello, PROTOCOL_VERSION, type Protocol } from '../../lib/extension/protocol.ts'
import { injectActions, injectPanel } from '../../lib/extension/sites.ts'
import { readSettings } from '../../lib/extension/store-settings.ts'
import { openOwnPage } from '../../lib/extension/tabs.ts'
import { accountsOf } from '../../lib/store/accounts.ts'
import { courseTeachers } from '../../lib/sync/course-teachers.ts'
import { type Answer, follow } from '../../lib/sync/follow.ts'
import { pagePeople } from '../../lib/sync/page-people.ts'
import { type Answers, accountOf, visible } from './access.ts'
import { accountsFor, type Caller, standsOn } from './caller.ts'
import { choosing } from './choosing.ts'
import { handingOver } from './handing-over.ts'
import { managing } from './managing.ts'
import { marking } from './own-marks.ts'
import { reportPage } from './pages.ts'
import { changeConversationSetting } from './people.ts'
import { ruling } from './ruling.ts'
import { listOf, threadOf } from './screens.ts'
import { searching } from './searching.ts'
import { sessionOf } from './sessions.ts'
import { showDialogue } from './show-dialogue.ts'
import { accountView } from './state.ts'
import { templating } from './templating.ts'
import { rounds, store, world } from './worker.ts'
import { writing } from './writing.ts'

/** Why a page shows nobody's dialogues: somebody looks through another's eyes, say. */
async function whyNobody(caller: Caller): Promise<{ trouble?: Trouble }> {
  if (caller.kind !== 'in-page') return {}
  const here = (await accountsOf(store)).find(({ wwwroot }) => standsOn(caller.url, wwwroot))
  const session = here && (await sessionOf(siteOf(here.wwwroot)))
  if (!session || session.state === 'open') return {}
  return { trouble: { kind: session.state === 'ended' ? 'signed-out' : session.state, mender: 'person' } }
}

async function hello(ask: Parameters<Protocol['hello']>[0], caller: Caller): Promise<Hello> {
  const accounts = await visible(caller)
  const [first] = caller.kind === 'in-page' ? accounts : []
  const settings = await readSettings()
  const { sort, group } = settings
  const query = ask.query && { sort, group, ...ask.query, ...(first ? { accountId: first.id } : {}) }
  const [list, account] = await Promise.all([
    query && accounts.length > 0 ? listOf(accounts, query, true) : undefined,
    first ? accountView(store, first).then((account) => ({ account })) : whyNobody(caller),
  ])
  return { version: PROTOCOL_VERSION, settings, ...account, ...(list ? { first: list } : {}) }
}

async function findDialogue(asked: Parameters<Protocol['findDialogue']>[0], caller: Caller): Promise<Answer> {
  let other: Answer
  for (const { id } of await visible(caller)) {
    const found = await follow(world, id, asked)
    if (found && 'ref' in found) return found
    other ??= found
  }
  return other
}

export const answers: Answers = {
  ...writing,
  ...managing,
  ...searching,
  ...marking,
  ...ruling,
  ...handingOver,
  ...choosing,
  ...templating,
  hello,
  reportPage: async (page, caller) => {
    const isTrue = caller.kind === 'in-page' && standsOn(caller.url, page.wwwroot)
    return isTrue ? reportPage(page) : { unread: 0, hidden: false }
  },
  openPanel: async (_, caller) => {
    if (caller.kind === 'in-page') await injectPanel(caller.tabId)
  },
  bringActions: async (_, caller) => {
    if (caller.kind === 'in-page') await injectActions(caller.tabId)
  },
  pagePeople: async (ask, caller) => {
    const [account] = caller.kind === 'in-page' ? await visible(caller) : []
    return account ? pagePeople(world, account, ask) : { people: [], isHidden: false }
  },
  courseTeachers: async ({ courseId }, caller) => {
    const [account] = caller.kind === 'in-page' ? await visible(caller) : []
    return account ? courseTeachers(world, account, courseId) : []
  },
  accounts: async (_, caller) => {
    const all = await accountsFor(caller, await accountsOf(store))
    return Promise.all(all.map((account) => accountView(store, account)))
  },
  dialogues: async (query, caller) => listOf(await visible(caller), query),
  thread: async (ask, caller) =>
    threadOf(await accountOf(caller, ask.ref.accountId), ask, caller.kind === 'own-page'),
  findDialogue,
  refresh: async ({ accountId }, caller) => {
    for (const { id } of await visible(caller))
      if (accountId === undefined || accountId === id) void rounds.now(id, 'anew')
  },
  mute: async ({ ref, muted }, caller) =>
    changeConversationSetting(await accountOf(caller, ref.accountId), ref, { isMuted: muted }),
  favourite: async ({ ref, favourite }, caller) =>
    changeConversationSetting(await accountOf(caller, ref.accountId), ref, { isFavourite: favourite }),
  openPage: async ({ page, ref, refs, section }, caller) => {
    if (caller.kind === 'stranger') return
    const named = refs ?? ref
    const hash = named ? `#${encodeURIComponent(JSON.stringify(named))}` : section ? `#${section}` : ''
    await openOwnPage(`/${page}.html`, hash)
  },
  showDialogue: async ({ ref }, caller) => {
    const account = await accountOf(caller, ref.accountId)
    if (caller.kind === 'own-page') await showDialogue(account, ref)
  },
}
