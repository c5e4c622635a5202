import type { Field } from '../../lib/dialogue/template.ts'
import type { TextKey } from '../../lib/extension/text.ts'

/** What each field is called. */
export const FIELD_WORDS = {
  firstname: 'fieldFirstname',
  lastname: 'fieldLastname',
  fullname: 'fieldFullname',
  course: 'course',
  activity: 'fieldActivity',
  group: 'fieldGroup',
  duedate: 'fieldDuedate',
  teacher: 'fieldTeacher',
} as const satisfies Record<Field, TextKey>
