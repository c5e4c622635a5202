import {
  addGroupConversation,
  addMessage,
  ensureBetween,
  ensureSelf,
  markConversationRead,
} from './conversations.ts'
import { grouped, type State } from './state.ts'
import type { Course, CourseModule, Role, User } from './types.ts'

export type SchoolOptions = {
  students?: number
  /** Of teacher1, with as many students; the first has `longest` messages. */
  conversations?: number
  messagesPerConversation?: number
  longest?: number
  /** Any number: the same one makes the same words. */
  seed?: number
}

const PASSWORD = 'Pass.1234'

const firstPreferences = (time: number): Map<string, string> =>
  new Map([
    ['auth_manual_passwordupdatetime', String(time)],
    ['core_message_migrate_data', '1'],
    ['core_user_welcome', String(time + 340)],
    ['last_time_enrolments_synced', String(time + 79)],
    ['login_failed_count_since_success', '1'],
  ])

export function addUser(
  state: State,
  id: number,
  username: string,
  firstname: string,
  lastname: string,
): User {
  const user: User = {
    id,
    username,
    password: PASSWORD,
    firstname,
    lastname,
    email: `${username}@example.com`,
    lang: 'en',
    siteadmin: username === 'admin',
    suspended: false,
    deleted: false,
    policyagreed: false,
    firstaccess: 0,
    lastaccess: 0,
    courseaccess: new Map(),
    preferences: firstPreferences(state.clock.now() - 1000),
  }
  state.users.set(id, user)
  state.usersByName.set(username, user)
  return user
}

export function enrol(state: State, courseid: number, userid: number, role: Role): void {
  state.courses.get(courseid)?.enrolments.set(userid, { userid, role, suspended: false })
  grouped(state.coursesOf, userid, () => new Set()).add(courseid)
}

type Planned = [
  id: number,
  modname: CourseModule['modname'],
  instance: number,
  name: string,
  contextid: number,
  intro: string,
]

function addCourse(
  state: State,
  course: Pick<Course, 'id' | 'shortname' | 'fullname' | 'contextid'>,
  names: string[],
  planned: Planned[],
): void {
  const modules = planned.map(([id, modname, instance, name, contextid, intro]) => {
    const cm: CourseModule = {
      id,
      course: course.id,
      modname,
      instance,
      name,
      contextid,
      visible: true,
      intro,
    }
    state.modules.set(id, cm)
    return cm
  })
  const firstSection = course.id === 2 ? 1 : 5
  const sections = names.map((name, at) => ({
    id: firstSection + at,
    name,
    modules: at === 0 ? modules : [],
  }))
  const timemodified = state.clock.now() - 1200
  state.courses.set(course.id, { ...course, groupmode: 0, sections, enrolments: new Map(), timemodified })
}

function addCourses(state: State): void {
  const sections = ['General', 'New section', 'New section', 'New section']
  addCourse(state, { id: 2, shortname: 'BIO101', fullname: 'Biology 101', contextid: 73 }, sections, [
    [1, 'forum', 1, 'Announcements', 79, 'General news and announcements'],
    [3, 'assign', 1, 'Essay 1', 75, 'Write about one cell, in your own words: at most two pages.'],
    [4, 'forum', 3, 'Class forum', 76, 'Ask anything about the course here.'],
    [5, 'page', 1, 'Reading list', 77, 'What to read before each lecture.'],
    [6, 'dialogue', 1, 'Private dialogue', 78, 'Talk with your teacher in private.'],
  ])
  addCourse(state, { id: 3, shortname: 'HIS201', fullname: 'History 201', contextid: 74 }, sections, [
    [2, 'forum', 2, 'Announcements', 80, 'General news and announcements'],
  ])
  state.discussions.set(1, {
    id: 1,
    forum: 4,
    course: 2,
    name: 'Where do mitochondria come from?',
    posts: [
      {
        id: 1,
        parent: 0,
        userid: 5,
        subject: 'Where do mitochondria come from?',
        message: 'I read two answers.',
        created: 0,
      },
      {
        id: 2,
        parent: 1,
        userid: 3,
        subject: 'Re: Where do mitochondria come from?',
        message: 'Which two?',
        created: 0,
      },
    ],
  })
}

function addGroups(state: State, students: number): void {
  const time = state.clock.now() - 1130
  const names = ['Group A', 'Group B']
  names.forEach((name, at) => {
    const first = 5 + at * 10
    const ids = Array.from(
      { length: Math.max(0, Math.min(10, students - at * 10)) },
      (_none, index) => first + index,
    )
    const members = at === 0 ? [3, ...ids] : ids
    state.groups.set(at + 1, { id: at + 1, courseid: 2, name, members: new Set(members) })
    if (at === 0) addGroupConversation(state, { id: 1, name, subname: 'BIO101', members }, time)
  })
}

function welcome(state: State, userid: number, course: Course, time: number): void {
  const user = state.users.get(userid)
  const text = `Hi ${user?.firstname}, you are enrolled in the course ${course.fullname}.`
  state.notifications.push({
    id: ++state.counters.notification,
    useridfrom: 3,
    useridto: userid,
    subject: `Welcome to ${course.fullname}`,
    fullmessage: text,
    fullmessageformat: 4,
    fullmessagehtml: text,
    smallmessage: null,
    contexturl: `/user/view.php?id=${userid}&amp;course=${course.id}`,
    contexturlname: course.fullname,
    component: 'moodle',
    eventtype: 'enrolcoursewelcomemessage',
    customdata: null,
    timecreated: time,
    timeread: null,
  })
}

function addFirstMessages(state: State): void {
  const time = state.clock.now() - 1060
  const first = ensureBetween(state, 3, 5, time)
  ensureSelf(state, 3, time)
  const second = ensureBetween(state, 3, 6, time)
  addMessage(state, first, {
    useridfrom: 3,
    text: '<p>Hello <b>student</b></p>',
    format: 1,
    timecreated: time,
  })
  state.counters.message = 4
  addMessage(state, second, { useridfrom: 3, text: 'Welcome to the course', format: 2, timecreated: time })
  for (const conversation of [first, second]) {
    for (const id of conversation.members) markConversationRead(state, id, conversation)
  }
}

/** The people, courses and ids of the recordings; larger where asked. */
export function createSchool(state: State, options: SchoolOptions = {}): void {
  const students = Math.max(options.students ?? 60, options.conversations ?? 0)
  addUser(state, 1, 'guest', 'Guest user', ' ')
  addUser(state, 2, 'admin', 'Admin', 'User')
  addUser(state, 3, 'teacher1', 'Tara', 'Teacher')
  addUser(state, 4, 'teacher2', 'Tom', 'Tutor')
  for (let n = 1; n <= students; n++) addUser(state, 4 + n, `student${n}`, 'Student', `Number${n}`)
  addCourses(state)
  for (const [courseid, course] of state.courses) {
    enrol(state, courseid, 3, 'editingteacher')
    enrol(state, courseid, 4, 'teacher')
    welcome(state, 4, course, state.clock.now() - 1200 + courseid)
    for (let n = 1; n <= students; n++) {
      enrol(state, courseid, 4 + n, 'student')
      welcome(state, 4 + n, course, state.clock.now() - 1200 + courseid)
    }
  }
  addGroups(state, students)
  addFirstMessages(state)
  if (options.conversations) fill(state, options)
}

const words =
  'essay source lecture paragraph question answer cell draft reading figure table tomorrow please thanks'.split(
    ' ',
  )

function fill(state: State, options: SchoolOptions): void {
  const { conversations = 0, messagesPerConversation = 6, longest = messagesPerConversation } = options
  let seed = (options.seed ?? 1) >>> 0
  const next = (below: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed % below
  }
  const start = state.clock.now() - conversations * 600
  for (let n = conversations; n >= 1; n--) {
    const conversation = ensureBetween(state, 3, 4 + n, start)
    const count = n === 1 ? longest : messagesPerConversation
    for (let m = 0; m < count; m++) {
      const text = Array.from({ length: 4 + next(12) }, () => words[next(words.length)]).join(' ')
      const timecreated = start + (conversations - n) * 600 + Math.floor((m * 590) / count)
      addMessage(state, conversation, { useridfrom: m % 2 === 0 ? 3 : 4 + n, text, format: 2, timecreated })
    }
    if (n > 5) markConversationRead(state, 3, conversation)
  }
}
