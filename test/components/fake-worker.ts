import type { Ask, Line } from '../../components/models/connection.ts'
import { refKey } from '../../components/models/ref.ts'
import { type BegunRow, begunRow } from '../../lib/dialogue/begun.ts'
import type { ColleaguesRule } from '../../lib/dialogue/colleagues-rule.ts'
import type { CourseChoices } from '../../lib/dialogue/course-choices.ts'
import type { DialogueRef } from '../../lib/dialogue/dialogue.ts'
import { answerDraftKey, type Draft, isNewDraftKey } from '../../lib/dialogue/draft.ts'
import type { OwnTemplate } from '../../lib/dialogue/own-template.ts'
import type { FoundPeople, PickerPerson, Whole } from '../../lib/dialogue/people-views.ts'
import type { Habit, WhyNot } from '../../lib/dialogue/permission.ts'
import type { RulePersonView, RulePreview, RuleView } from '../../lib/dialogue/rule-views.ts'
import type { SearchHit, ServerSearchAnswer } from '../../lib/dialogue/search-hit.ts'
import type { AccountView, DialogueRow, ListQuery, ThreadView } from '../../lib/dialogue/views.ts'
import type { Diagnostics } from '../../lib/extension/diagnostics.ts'
import type { Policy } from '../../lib/extension/policy.ts'
import { type Change, PROTOCOL_VERSION, type Protocol, type SiteProbe } from '../../lib/extension/protocol.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../lib/extension/settings.ts'
import { account, diagnostics, NOW, UP_TO_DATE } from '../example.ts'
import { fakeMarking } from './fake-marking.ts'
import { peopleAnswers } from './fake-people.ts'
import { rulesAnswers } from './fake-rules.ts'

const LIMIT = 4096

/**
 * The world outside the screens: holds what a worker would hold and answers the real protocol in-process.
 * `asked` is what was asked of it, in order.
 */
export function createFakeWorker() {
  const heard = new Set<(change: Change) => void>()
  const asked: { name: keyof Protocol; data: unknown }[] = []
  const world = {
    accounts: [account()] as AccountView[],
    settings: { ...DEFAULT_SETTINGS } as Settings,
    policy: {} as Policy,
    probe: undefined as SiteProbe | undefined,
    /** What another tab has stored, unseen by the one that saves next. */
    otherTab: undefined as Draft | undefined,
    rows: [] as DialogueRow[],
    sync: UP_TO_DATE,
    threads: new Map<string, ThreadView>(),
    drafts: new Map<string, Draft>(),
    /** Of the course. */
    recipients: [] as PickerPerson[],
    /** Of the site besides. */
    strangers: [] as PickerPerson[],
    wholes: [] as (Whole & { people: PickerPerson[] })[],
    cannot: new Map<number, WhyNot>(),
    habits: new Map<number, Habit>(),
    found: {} as Partial<FoundPeople>,
    rules: [] as RuleView[],
    rulePeople: new Map<string, RulePersonView[]>(),
    taken: undefined as Draft | undefined,
    colleagues: undefined as ColleaguesRule[] | undefined,
    courseChoices: undefined as CourseChoices | undefined,
    preview: undefined as RulePreview | undefined,
    templates: undefined as OwnTemplate[] | undefined,
    hits: [] as SearchHit[],
    toIndex: 0,
    onSite: { hits: [] } as ServerSearchAnswer,
    /** Set to refuse the next sends. */
    refuses: undefined as Extract<ReturnType<Protocol['send']>, { sent: false }>['trouble'] | undefined,
    isDown: false,
    isAlive: true,
    diagnostics: diagnostics() as Diagnostics,
    asked,
    tell,
    put: (view: ThreadView) => world.threads.set(refKey(view.ref), view),
    change(ref: DialogueRef, patch: Partial<ThreadView>) {
      const held = world.threads.get(refKey(ref))
      if (held) world.put({ ...held, ...patch })
      tell({ topics: ['thread'], accountId: ref.accountId, conversationKey: ref.conversationKey })
    },
    questions: (name: keyof Protocol) =>
      asked.filter((question) => question.name === name).map(({ data }) => data),
  }

  function tell(change: Change): void {
    for (const listener of heard) listener(change)
  }

  function listed({ accountId, scope, filter }: ListQuery): DialogueRow[] {
    return world.rows.filter((row) => {
      if (accountId !== undefined && row.ref.accountId !== accountId) return false
      if (scope.kind === 'course' && row.course?.id !== scope.courseId) return false
      if (scope.kind === 'page' && row.about?.cmid !== scope.cmid) return false
      if (filter === 'unread') return row.unread > 0
      if (filter === 'needs-answer') return row.needsAnswer
      if (filter === 'drafts') return row.hasDraft
      return filter === 'all' || row.waiting
    })
  }

  function begun(): BegunRow[] {
    return [...world.drafts.values()].filter(({ key }) => isNewDraftKey(key)).map((draft) => begunRow(draft))
  }

  function draftKey({ accountId, key }: { accountId: string; key: string }): string {
    return `${accountId} ${key}`
  }

  function entryBack({ accountId, key }: { accountId: string; key: string }): Draft | undefined {
    for (const view of world.threads.values()) {
      const found = view.entries.find((entry) => entry.key === key)
      if (!found || view.ref.accountId !== accountId) continue
      world.put({ ...view, entries: view.entries.filter((entry) => entry !== found) })
      const { conversationKey, dialogueId } = view.ref
      const text = found.html.replace(/<[^>]+>/g, '')
      return {
        accountId,
        conversationKey,
        dialogueId,
        key: answerDraftKey(conversationKey, dialogueId),
        text,
        timeChanged: NOW,
        messageKey: key,
      }
    }
    return
  }

  const answers: { [Name in keyof Protocol]: Protocol[Name] } = {
    hello: ({ query }) => ({
      version: PROTOCOL_VERSION,
      settings: world.settings,
      ...(world.accounts[0] ? { account: world.accounts[0] } : {}),
      ...(query ? { first: answers.dialogues(query) } : {}),
    }),
    reportPage: () => ({ unread: 0, hidden: world.settings.hidden }),
    bringActions: () => undefined,
    courseTeachers: () => [],
    pagePeople: () => ({ people: [], isHidden: false }),
    openPanel: () => {},
    accounts: () => world.accounts,
    dialogues(query) {
      const rows = listed(query)
      const from = Number(query.cursor ?? 0)
      const all = listed({ ...query, filter: 'all' })
      const next = from + query.limit
      return {
        rows: rows.slice(from, next),
        counts: {
          unread: all.filter((row) => row.unread > 0).length,
          needsAnswer: all.filter((row) => row.needsAnswer).length,
          waiting: all.filter((row) => row.waiting).length,
        },
        sync: world.sync,
        ...(query.filter === 'drafts' ? { begun: begun() } : {}),
        ...(next < rows.length ? { next: String(next) } : {}),
      }
    },
    thread({ ref, limit, beforeId = Number.POSITIVE_INFINITY }) {
      const view = world.threads.get(refKey(ref))
      const before = view?.messages.filter(({ id }) => id < beforeId) ?? []
      return view && { ...view, messages: before.slice(-limit), older: before.length > limit || view.older }
    },
    search: ({ limit }) => ({
      hits: world.hits.slice(0, limit),
      more: world.hits.length > limit,
      toIndex: world.toIndex,
    }),
    searchServer: () => world.onSite,
    locate: ({ ref }) => ref,
    markRead: () => {},
    ...peopleAnswers(() => world),
    ...rulesAnswers(world),
    draft: (key) => world.drafts.get(draftKey(key)),
    drafts: () => [...world.drafts.values()],
    saveDraft(draft) {
      world.drafts.set(draftKey(draft), draft)
      const other = world.otherTab && { other: world.otherTab }
      const revision = other ? { revision: `${draft.revision}+` } : {}
      return {
        draft: { ...draft, ...revision },
        ...other,
        bytes: new TextEncoder().encode(draft.text).length,
        limit: LIMIT,
      }
    },
    discardDraft(key) {
      world.drafts.delete(draftKey(key))
    },
    send(draft) {
      if (world.refuses) return { sent: false, trouble: world.refuses }
      const {
        accountId,
        conversationKey = `u${draft.to?.id}`,
        dialogueId = 'n0n0n0n0n0n0',
        messageKey,
      } = draft
      const ref = { accountId, conversationKey, dialogueId }
      world.drafts.delete(draftKey(draft))
      const view = world.threads.get(refKey(ref))
      const entry = {
        key: messageKey,
        state: 'written' as const,
        html: `<p>${draft.text}</p>`,
        timeWritten: NOW,
        notBeforeMs: Date.now() + 5000,
        canUndo: true,
        heldBack: false,
      }
      if (view) world.put({ ...view, entries: [...view.entries, entry] })
      return { sent: true, key: messageKey, ref, notBeforeMs: entry.notBeforeMs }
    },
    takeBack: entryBack,
    drop(key) {
      entryBack(key)
      tell({ topics: ['outbox'] })
    },
    settle: () => {},
    refresh: () => {},
    mute: () => undefined,
    favourite: () => undefined,
    probeTab: () => world.probe,
    prepareSwitchOn: () => {},
    finishSwitchOn: () => world.accounts[0] ?? account(),
    useToken: () => account({ hasToken: true }),
    forgetToken: () => {},
    setOnlyMe: () => {},
    removeAccount({ accountId }) {
      world.accounts = world.accounts.filter(({ id }) => id !== accountId)
    },
    settings: () => world.settings,
    policy: () => world.policy,
    saveSettings(change) {
      world.settings = { ...world.settings, ...change }
      return world.settings
    },
    storageUse: () => ({
      bytes: 3_456_789,
      quota: 2_000_000_000,
      accounts: world.accounts.map(({ id }) => ({
        accountId: id,
        messages: 812,
        dialogues: 64,
        drafts: 1,
        waiting: 0,
      })),
    }),
    diagnostics: () => world.diagnostics,
    findDialogue({ dialogueId }) {
      const found = [...world.threads.values()].find(({ ref }) => ref.dialogueId === dialogueId)
      return found && { ref: found.ref }
    },
    ...fakeMarking(world),
    openPage: () => {},
    showDialogue: () => {},
  }

  const ask: Ask = async (name, ...data) => {
    asked.push({ name, data: data[0] })
    if (world.isDown) throw new Error('Could not establish connection')
    const answer = answers[name] as (...given: unknown[]) => unknown
    // A copy, as across an extension message: nobody may share objects with the worker.
    return structuredClone(answer(...data)) as never
  }

  const line: Line = {
    ask,
    listen(listener) {
      heard.add(listener)
      return () => heard.delete(listener)
    },
    isAlive: () => world.isAlive,
  }

  return { ...{ line, ask, answers }, world }
}
