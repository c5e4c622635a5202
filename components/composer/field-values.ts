import type { Participant } from '../../lib/dialogue/participant.ts'
import type { FieldValues } from '../../lib/dialogue/template.ts'
import type { AccountView, Course } from '../../lib/dialogue/views.ts'

interface Known {
  to: Participant
  account: AccountView | undefined
  course: Course | undefined
  about: { name: string } | undefined
}

/** What a template's fields say to one person; what is not known here stays for the writer to fill in. */
export function valuesFor({ to, account, course, about }: Known): FieldValues {
  return {
    fullname: to.fullName,
    firstname: to.fullName.split(/\s+/)[0],
    course: course?.name,
    activity: about?.name,
    teacher: account?.fullName,
  }
}
