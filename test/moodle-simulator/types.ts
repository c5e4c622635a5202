/** Rows of the simulator's tables, named as Moodle's database names them. */

export type Role = 'editingteacher' | 'teacher' | 'student'
export const roleIds: Record<Role, number> = { editingteacher: 3, teacher: 4, student: 5 }
export const roleNames: Record<Role, string> = {
  editingteacher: 'Teacher',
  teacher: 'Non-editing teacher',
  student: 'Student',
}

export type User = {
  id: number
  username: string
  password: string
  firstname: string
  lastname: string
  email: string
  lang: string
  siteadmin: boolean
  /** Left in the grading table, of any assignment. */
  gradingFilter?: 'submitted' | 'notsubmitted'
  suspended: boolean
  deleted: boolean
  policyagreed: boolean
  firstaccess: number
  lastaccess: number
  courseaccess: Map<number, number>
  preferences: Map<string, string>
}

export type Enrolment = { userid: number; role: Role; suspended: boolean }

export type Course = {
  id: number
  shortname: string
  fullname: string
  contextid: number
  groupmode: number
  sections: { id: number; name: string; modules: CourseModule[] }[]
  enrolments: Map<number, Enrolment>
  timemodified: number
}

export type CourseModule = {
  id: number
  course: number
  modname: 'forum' | 'assign' | 'page' | 'dialogue'
  instance: number
  name: string
  contextid: number
  visible: boolean
  intro: string
  /** Of an assignment: names are hidden from those who grade. */
  blindmarking?: boolean
  duedate?: number
  /** Of people with a date of their own, by their id. */
  duedates?: Record<number, number>
}

/** A set of groups. */
export type Grouping = { id: number; courseid: number; name: string; groupids: Set<number> }
export type Group = { id: number; courseid: number; name: string; members: Set<number> }

export const INDIVIDUAL = 1
export const GROUP = 2
export const SELF = 3

export type Message = {
  id: number
  conversationid: number
  useridfrom: number
  /** As sent; what Moodle calls smallmessage. */
  text: string
  format: number
  timecreated: number
  /** Per user: message_user_actions. */
  timeread: Map<number, number>
  deleted: Set<number>
}

export type Conversation = {
  id: number
  type: typeof INDIVIDUAL | typeof GROUP | typeof SELF
  name: string | null
  subname: string | null
  groupid: number
  members: Set<number>
  messages: Message[]
  timecreated: number
}

export type Notification = {
  id: number
  useridfrom: number
  useridto: number
  subject: string
  fullmessage: string
  fullmessageformat: number
  fullmessagehtml: string
  smallmessage: string | null
  contexturl: string
  contexturlname: string
  component: string
  eventtype: string
  customdata: string | null
  timecreated: number
  timeread: number | null
}

export type ContactRequest = { id: number; userid: number; requesteduserid: number; timecreated: number }

export type Note = {
  id: number
  userid: number
  courseid: number
  content: string
  format: number
  publishstate: 'draft' | 'public' | 'site'
  created: number
  lastmodified: number
  usermodified: number
}

export type Submission = {
  submitted: boolean
  requiregrading: boolean
  grantedextension: boolean
  submissionstatus: string
}

export type Discussion = { id: number; forum: number; course: number; name: string; posts: Post[] }
export type Post = {
  id: number
  parent: number
  userid: number
  subject: string
  message: string
  created: number
}
