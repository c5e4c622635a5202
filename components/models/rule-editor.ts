import { computed } from '@preact/signals'
import { waitsForGrader } from '../../lib/dialogue/course-choices.ts'
import type { CourseAudience, RuleDraft } from '../../lib/dialogue/open-rule.ts'
import type { RuleView } from '../../lib/dialogue/rule-views.ts'
import { type Connection, leaveAsIs } from './connection.ts'
import { createHand } from './rule-hand.ts'
import { createCourseChoices, createRuleSaving } from './rule-saving.ts'

export type RuleEditor = ReturnType<typeof createRuleEditor>

/** What a person may write anew of a rule. */
export function draftOfRule(rule: RuleView): RuleDraft {
  const { accountId, id, courseId, audience, subject, text, about, repliesExpected } = rule
  const { timeNotBefore, future, toShare } = rule
  return {
    ...{ accountId, id, audience, subject, text, repliesExpected },
    ...(courseId === undefined ? {} : { courseId }),
    ...(about ? { about } : {}),
    ...(timeNotBefore === undefined ? {} : { timeNotBefore }),
    ...(future ? { future } : {}),
    ...(toShare === undefined ? {} : { toShare }),
  }
}

function isReady({ subject, text, audience }: RuleDraft): boolean {
  const isMeant = audience.kind === 'course' || audience.userIds.length > 0
  return subject.trim() !== '' && text.trim() !== '' && isMeant
}

type Unset<T, K extends keyof T> = { [P in K]?: T[P] | undefined }

/** Takes out what is undefined. */
function without<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T
}

/** `isDraft`: nothing of it was ever sent, so it may be thrown away. `isShared`: colleagues see it already. */
export function createRuleEditor(
  connection: Connection,
  begin: RuleDraft,
  { isDraft = true, isShared = false } = {},
) {
  const { ask } = connection
  const saving = createRuleSaving(ask, begin)
  const { draft, put, change } = saving
  const course = createCourseChoices(ask, saving)
  /** What was chosen of the course, while people are picked by hand. */
  let ofCourse: CourseAudience | undefined

  const hand = createHand(connection, begin, (userIds) => {
    const { audience } = draft.value
    if (audience.kind === 'people' && audience.userIds.join() !== userIds.join())
      change({ audience: { kind: 'people', userIds } })
  })

  /** Its grader was opened meanwhile, in another tab. */
  const stopFollowing = connection.onChange(({ topics }) => {
    const { audience } = draft.value
    const condition = audience.kind === 'course' ? audience.condition : undefined
    const isAwaited = condition && 'cmid' in condition && waitsForGrader(course.choices.value, condition.cmid)
    if (isAwaited && topics.includes('people')) void course.loadChoices()
  })

  return {
    ...{ ...saving, ...course, accountId: begin.accountId, isDraft, isShared, hand },
    isReady: computed(() => isReady(draft.value)),
    begin(): void {
      const { audience } = draft.value
      void course.loadChoices()
      void hand.begin(audience.kind === 'people' ? audience.userIds : [])
    },
    setCourse(courseId: number | undefined): void {
      const { courseId: _, about: _about, audience, ...rest } = draft.value
      ofCourse = courseId === undefined ? undefined : { kind: 'course', courseId }
      const byHand = { kind: 'people' as const, userIds: hand.userIds() }
      put({
        ...rest,
        audience: (audience.kind === 'course' ? ofCourse : undefined) ?? byHand,
        ...(courseId === undefined ? {} : { courseId }),
      })
      void hand.picker.setCourse(courseId)
      void course.loadChoices()
    },
    setKind(kind: 'course' | 'people'): void {
      const { audience, courseId, future: _, ...rest } = draft.value
      if (audience.kind === kind) return
      if (audience.kind === 'course') ofCourse = audience
      if (kind === 'people')
        put({
          ...rest,
          audience: { kind, userIds: hand.userIds() },
          ...(courseId === undefined ? {} : { courseId }),
        })
      else if (courseId !== undefined) change({ audience: ofCourse ?? { kind, courseId } })
    },
    setAudience(
      patch: Unset<CourseAudience, 'roleIds' | 'groupIds' | 'groupingIds' | 'condition' | 'exceptUserIds'>,
    ): void {
      const { audience } = draft.value
      if (audience.kind === 'course')
        change({ audience: without({ ...audience, ...patch }) as CourseAudience })
    },
    set(patch: Unset<RuleDraft, 'about' | 'timeNotBefore' | 'future' | 'toShare'>): void {
      put(without({ ...draft.value, ...patch }) as RuleDraft)
    },
    setSignature(text: string): void {
      const { accountId, courseId } = draft.value
      if (courseId !== undefined) void ask('setSignature', { accountId, courseId, text }).catch(leaveAsIs)
    },
    stop(): void {
      stopFollowing()
      void saving.save()
      hand.stop()
    },
  }
}
