import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { RuleDraft } from '../../lib/dialogue/open-rule.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import type { AccountView } from '../../lib/dialogue/views.ts'
import type { RuleRef } from '../../lib/extension/rule-protocol.ts'
import { createColleaguesModel } from './colleagues.ts'
import type { Connection } from './connection.ts'
import { createRuleEditor, draftOfRule, type RuleEditor } from './rule-editor.ts'
import { createRuleListModel } from './rule-list.ts'
import { createRulePageModel, type RulePageModel } from './rule-page.ts'
import { createRulePreviewModel, type RulePreviewModel } from './rule-preview.ts'
import { createTemplatesModel } from './templates.ts'

/** What of the tab is shown. */
export type TeacherPlace =
  | { at: 'rules' | 'sent' | 'templates' }
  | { at: 'edit'; editor: RuleEditor }
  | { at: 'preview'; preview: RulePreviewModel }
  | { at: 'rule'; page: RulePageModel }

export type TeacherModel = ReturnType<typeof createTeacherModel>

function refOf({ accountId, id }: Pick<RuleView, 'accountId' | 'id'>): RuleRef {
  return { accountId, ruleId: id }
}

/** Those who have not answered, as they are when the new one is sent. */
export function followUpOf(rule: RuleView): RuleDraft {
  const { accountId, courseId, about, id } = rule
  return {
    accountId,
    audience:
      courseId === undefined
        ? { kind: 'people', userIds: [] }
        : { kind: 'course', courseId, condition: { kind: 'not-answered', ruleId: id } },
    subject: rule.subject,
    text: '',
    repliesExpected: true,
    ...(courseId === undefined ? {} : { courseId }),
    ...(about ? { about } : {}),
  }
}

const onlyOne = <T>(all: readonly T[]): T | undefined => (all.length === 1 ? all[0] : undefined)

export function createTeacherModel(
  connection: Connection,
  accounts: ReadonlySignal<AccountView[] | undefined>,
) {
  const chosen = signal<string | undefined>()
  const place = signal<TeacherPlace>({ at: 'rules' })
  const account = computed(() => accounts.value?.find(({ id }) => id === chosen.value) ?? accounts.value?.[0])
  const accountId = computed(() => account.value?.id)
  const rules = createRuleListModel(connection, { accountId, oneOff: false })
  const sent = createRuleListModel(connection, { accountId })

  function edit(draft: RuleDraft, is: { isDraft?: boolean; isShared?: boolean } = {}): void {
    place.value = { at: 'edit', editor: createRuleEditor(connection, draft, is) }
  }

  /** Moodle knows no course by default: most teachers mean the one they are looking at. */
  function begin(): void {
    const { value } = account
    if (!value) return
    const courseId = rules.courseId.value ?? value.courses[0]?.id
    edit({
      accountId: value.id,
      audience: courseId === undefined ? { kind: 'people', userIds: [] } : { kind: 'course', courseId },
      subject: '',
      text: '',
      repliesExpected: true,
      ...(courseId === undefined ? {} : { courseId }),
    })
  }

  return {
    ...{ account, accounts, place, rules, sent, connection },
    templates: createTemplatesModel(connection),
    show: (at: 'rules' | 'sent' | 'templates') => {
      place.value = { at }
    },
    chooseAccount(id: string): void {
      chosen.value = id
      void rules.show(undefined)
      void sent.show(undefined)
    },
    begin,
    edit: (rule: RuleView) =>
      edit(draftOfRule(rule), { isDraft: rule.state === 'draft', isShared: rule.shared !== undefined }),
    copy(rule: RuleView): void {
      const { id: _, timeNotBefore: _t, future, ...draft } = draftOfRule(rule)
      edit({ ...draft, ...(future ? { future: {} } : {}) })
    },
    async followUp(rule: RuleView): Promise<void> {
      const draft = followUpOf(rule)
      if (draft.audience.kind === 'course') return edit(draft)
      const people = createRulePageModel(connection, refOf(rule)).people
      const silent = await people.all({ standing: 'delivered', answered: false }).catch(() => [])
      edit({ ...draft, audience: { kind: 'people', userIds: silent.map(({ userId }) => userId) } })
    },
    preview(ref: RuleRef): void {
      place.value = { at: 'preview', preview: createRulePreviewModel(connection, ref) }
    },
    open(ref: RuleRef): void {
      place.value = { at: 'rule', page: createRulePageModel(connection, ref) }
    },
    /** What the course's other teachers share; to be had with a token and for one course. */
    colleagues: computed(() => {
      const { value } = account
      const courses = value?.courses ?? []
      const course = courses.find(({ id }) => id === rules.courseId.value) ?? onlyOne(courses)
      if (!value?.hasToken || !course) return undefined
      return createColleaguesModel(connection, { accountId: value.id, course }, (rule) => {
        place.value =
          rule.state === 'draft'
            ? { at: 'preview', preview: createRulePreviewModel(connection, refOf(rule)) }
            : { at: 'rule', page: createRulePageModel(connection, refOf(rule)) }
      })
    }),
    /** A draft is gone on with, anything else is looked at. */
    openRule(rule: RuleView): void {
      if (rule.state === 'draft') this.edit(rule)
      else this.open(refOf(rule))
    },
    async discard(ref: RuleRef): Promise<void> {
      await connection.ask('discardRule', ref).catch(() => undefined)
      place.value = { at: 'rules' }
    },
  }
}
