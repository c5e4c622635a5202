import { type OpenRule, rosterIsDue } from '../dialogue/open-rule.ts'
import { pageOf } from '../dialogue/page.ts'
import { fieldsIn } from '../dialogue/template.ts'
import type { AccountRow } from '../store/rows.ts'
import { changeRule } from '../store/rules.ts'
import { assignmentDue, CannotBeKnown } from './assignments.ts'
import type { Connection, World } from './world.ts'

/** The assignment that a rule is about, or else the one by which its people are chosen. */
function assignmentIn({ about, audience }: OpenRule, { wwwroot }: AccountRow): number | undefined {
  const page = about && pageOf(about.url, wwwroot)
  if (page?.kind === 'assign') return page.cmid
  const condition = audience.kind === 'course' ? audience.condition : undefined
  return condition && 'cmid' in condition ? condition.cmid : undefined
}

/** Where the words name a due date: when the rule's assignment is due, read as often as its people are. */
export async function readDueDate(
  world: World,
  connection: Connection,
  account: AccountRow,
  rule: OpenRule,
): Promise<void> {
  if (!fieldsIn(`${rule.subject} ${rule.text}`).known.includes('duedate')) return
  if (rule.timeDue !== undefined && !rosterIsDue(rule, world.serverTime(account))) return
  const courseId = rule.courseId ?? (rule.audience.kind === 'course' ? rule.audience.courseId : undefined)
  const cmid = assignmentIn(rule, account)
  const due =
    courseId === undefined || cmid === undefined
      ? 0
      : await assignmentDue({ world, connection, account }, { courseId, cmid }).catch((error: unknown) => {
          if (error instanceof CannotBeKnown) return 0
          throw error
        })
  await changeRule(world.store, rule, { timeDue: due })
}
