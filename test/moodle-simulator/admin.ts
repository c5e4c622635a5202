import { addMessage, between, ensureBetween } from './conversations.ts'
import { COOKIE } from './routes/env.ts'
import { logIn } from './routes/login.ts'
import { addUser, enrol } from './school.ts'
import { newSesskey } from './sessions.ts'
import { pairKey, type Settings } from './state.ts'
import type { Message, Role, Submission, User } from './types.ts'
import type { World } from './world.ts'

/** A person by username or id. */
export type Who = string | number

export type SignedIn = { cookie: string; sesskey: string; userid: number }

export type Said = { from: Who; to: Who; text: string; format?: number; timecreated?: number }

/** What an administrator, or another person elsewhere, may do to the site while a test runs. */
export function createAdmin(world: World) {
  const { state, sessions, tokens } = world

  function user(who: Who): User {
    const found = typeof who === 'number' ? state.users.get(who) : state.usersByName.get(who)
    if (!found) throw new Error(`no such person in the simulator: ${who}`)
    return found
  }

  const signedIn = (session: { sid: string; sesskey: string; userid: number }): SignedIn => ({
    cookie: `${COOKIE}=${session.sid}`,
    sesskey: session.sesskey,
    userid: session.userid,
  })

  const setting =
    <Name extends keyof Settings>(name: Name) =>
    (value: Settings[Name]): void => {
      state.settings[name] = value
    }

  return {
    user,
    /** Inserts a message as that person wrote it, past every check. */
    say: ({ from, to, text, format = 1, timecreated }: Said): Message => {
      const sender = user(from)
      const conversation = ensureBetween(state, sender.id, user(to).id)
      return addMessage(state, conversation, {
        useridfrom: sender.id,
        text,
        format,
        ...(timecreated === undefined ? {} : { timecreated }),
      })
    },
    /** As `say`, into a conversation by its id: for groups. */
    sayIn: (conversationid: number, from: Who, text: string, format = 1): Message => {
      const conversation = state.conversations.get(conversationid)
      if (!conversation) throw new Error(`no such conversation in the simulator: ${conversationid}`)
      return addMessage(state, conversation, { useridfrom: user(from).id, text, format })
    },
    messagesBetween: (a: Who, b: Who): readonly Message[] =>
      between(state, user(a).id, user(b).id)?.messages ?? [],
    conversationIdBetween: (a: Who, b: Who): number | undefined => between(state, user(a).id, user(b).id)?.id,
    login: (who: Who): SignedIn => signedIn(logIn(world, user(who))),
    loginAsGuest: (): SignedIn => {
      const session = logIn(world, user('guest'))
      session.guest = true
      return signedIn(session)
    },
    /** An administrator acting as somebody else. */
    loginAs: (who: Who, by: Who = 'admin'): SignedIn => {
      const session = logIn(world, user(who))
      session.realuserid = user(by).id
      return signedIn(session)
    },
    tokenOf: (who: Who): string => tokens.issue(user(who).id),
    resetToken: (who: Who): void => tokens.reset(user(who).id),
    sessionsOf: (who: Who) => sessions.of(user(who).id),
    expireSessions: (who: Who): void => {
      for (const session of sessions.of(user(who).id)) sessions.end(session.sid)
    },
    changeSesskey: (who: Who): void => {
      for (const session of sessions.of(user(who).id)) session.sesskey = newSesskey()
    },
    setPrivacy: (who: Who, value: 0 | 1 | 2): void => {
      user(who).preferences.set('message_blocknoncontacts', String(value))
    },
    block: (by: Who, whom: Who): void => {
      state.blocked.add(`${user(by).id}:${user(whom).id}`)
    },
    unblock: (by: Who, whom: Who): void => {
      state.blocked.delete(`${user(by).id}:${user(whom).id}`)
    },
    befriend: (a: Who, b: Who): void => {
      state.contacts.add(pairKey(user(a).id, user(b).id))
    },
    setMessaging: setting('messaging'),
    setMaintenance: setting('maintenance'),
    setWebServices: setting('enablewebservices'),
    setDebug: setting('debug'),
    setTiesAnyhow: setting('tiesAnyhow'),
    setTypeOfLogin: setting('typeoflogin'),
    setForcedScheme: setting('forcedurlscheme'),
    setSessionTimeout: setting('sessiontimeout'),
    forcePasswordChange: (who: Who, forced = true): void => {
      if (forced) user(who).preferences.set('auth_forcepasswordchange', '1')
      else user(who).preferences.delete('auth_forcepasswordchange')
    },
    requirePolicy: (required = true): void => {
      state.settings.sitepolicy = required
    },
    suspend: (who: Who, suspended = true): void => {
      user(who).suspended = suspended
    },
    suspendEnrolment: (courseid: number, who: Who, suspended = true): void => {
      const row = state.courses.get(courseid)?.enrolments.get(user(who).id)
      if (row) row.suspended = suspended
    },
    /** Somebody new on the site. */
    addPerson: (username: string, firstname: string, lastname: string): User =>
      addUser(state, Math.max(...state.users.keys()) + 1, username, firstname, lastname),
    enrol: (courseid: number, who: Who, role: Role = 'student'): void =>
      enrol(state, courseid, user(who).id, role),
    unenrol: (courseid: number, who: Who): void => {
      state.courses.get(courseid)?.enrolments.delete(user(who).id)
      state.coursesOf.get(user(who).id)?.delete(courseid)
      for (const group of state.groups.values())
        if (group.courseid === courseid) group.members.delete(user(who).id)
    },
    joinGroup: (groupid: number, who: Who): void => {
      state.groups.get(groupid)?.members.add(user(who).id)
    },
    addGrouping: (courseid: number, name: string, groupids: number[]): number => {
      const id = state.groupings.size + 1
      state.groupings.set(id, { id, courseid, name, groupids: new Set(groupids) })
      return id
    },
    hideModule: (cmid: number, hidden = true): void => {
      const cm = state.modules.get(cmid)
      if (cm) cm.visible = !hidden
    },
    markBlindly: (cmid: number, blindly = true): void => {
      const cm = state.modules.get(cmid)
      if (cm) cm.blindmarking = blindly
    },
    filterGrading: (userid: number, filter: 'submitted' | 'notsubmitted'): void => {
      const user = state.users.get(userid)
      if (user) user.gradingFilter = filter
    },
    setGroupMode: (courseid: number, mode: 0 | 1 | 2): void => {
      const course = state.courses.get(courseid)
      if (course) course.groupmode = mode
    },
    setSubmission: (assignid: number, who: Who, submission: Submission): void => {
      state.submissions.set(`${assignid}:${user(who).id}`, submission)
    },
    notify: (
      who: Who,
      subject: string,
      rest: { component?: string; eventtype?: string; from?: Who } = {},
    ): number => {
      const id = ++state.counters.notification
      state.notifications.push({
        id,
        useridfrom: user(rest.from ?? 'admin').id,
        useridto: user(who).id,
        subject,
        fullmessage: subject,
        fullmessageformat: 2,
        fullmessagehtml: '',
        smallmessage: subject,
        contexturl: '',
        contexturlname: '',
        component: rest.component ?? 'moodle',
        eventtype: rest.eventtype ?? 'notices',
        customdata: null,
        timecreated: state.clock.now(),
        timeread: null,
      })
      return id
    },
  }
}

export type Admin = ReturnType<typeof createAdmin>
