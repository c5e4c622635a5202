import type { Clock } from './time.ts'
import type {
  ContactRequest,
  Conversation,
  Course,
  CourseModule,
  Discussion,
  Group,
  Grouping,
  Message,
  Note,
  Notification,
  Submission,
  User,
} from './types.ts'

export type Settings = {
  sitename: string
  messaging: boolean
  messagingallusers: boolean
  enablewebservices: boolean
  enablemobilewebservice: boolean
  enablenotes: boolean
  maintenance: false | true | 'cli'
  sitepolicy: boolean
  debug: boolean
  /** 1 app, 2 browser, 3 embedded: only 2 and 3 let the launch page answer. */
  typeoflogin: 1 | 2 | 3
  /** Sites force their own scheme by default; '' takes the asked one. */
  forcedurlscheme: string
  sessiontimeout: number
  guestlogin: boolean
  /** PHP's limit for a request, and Moodle's for a file. */
  postmaxsize: number
  maxbytes: number
  /** A database other than the recorded one: it sorts a second as it likes, and each page of it another way. */
  tiesAnyhow: boolean
}

/** The tables, with the indexes that keep large schools quick. */
export type State = {
  wwwroot: string
  clock: Clock
  settings: Settings
  users: Map<number, User>
  usersByName: Map<string, User>
  courses: Map<number, Course>
  coursesOf: Map<number, Set<number>>
  modules: Map<number, CourseModule>
  groups: Map<number, Group>
  groupings: Map<number, Grouping>
  discussions: Map<number, Discussion>
  conversations: Map<number, Conversation>
  conversationsOf: Map<number, Set<number>>
  pairs: Map<string, number>
  messages: Map<number, Message>
  /** Individual conversations only: what core_message_get_messages lists. */
  received: Map<number, Message[]>
  sent: Map<number, Message[]>
  unread: Map<number, Map<number, Set<number>>>
  favourites: Map<number, Set<number>>
  muted: Map<number, Set<number>>
  contacts: Set<string>
  requests: ContactRequest[]
  /** `blocker:blocked` */
  blocked: Set<string>
  notifications: Notification[]
  notes: Map<number, Note>
  submissions: Map<string, Submission>
  counters: Record<'message' | 'conversation' | 'notification' | 'request' | 'note', number>
  /** Called after a message is stored: the simulated students listen here. */
  listeners: Set<(message: Message, conversation: Conversation) => void>
}

const defaults: Settings = {
  sitename: 'Seed University',
  messaging: true,
  messagingallusers: false,
  enablewebservices: true,
  enablemobilewebservice: true,
  enablenotes: true,
  maintenance: false,
  sitepolicy: false,
  debug: false,
  typeoflogin: 2,
  forcedurlscheme: 'moodlemobile',
  sessiontimeout: 28800,
  guestlogin: true,
  postmaxsize: 67108864,
  maxbytes: 67108864,
  tiesAnyhow: false,
}

export function createState(clock: Clock): State {
  return {
    wwwroot: '',
    clock,
    settings: { ...defaults },
    users: new Map(),
    usersByName: new Map(),
    courses: new Map(),
    coursesOf: new Map(),
    modules: new Map(),
    groups: new Map(),
    groupings: new Map(),
    discussions: new Map(),
    conversations: new Map(),
    conversationsOf: new Map(),
    pairs: new Map(),
    messages: new Map(),
    received: new Map(),
    sent: new Map(),
    unread: new Map(),
    favourites: new Map(),
    muted: new Map(),
    contacts: new Set(),
    requests: [],
    blocked: new Set(),
    notifications: [],
    notes: new Map(),
    submissions: new Map(),
    counters: { message: 0, conversation: 0, notification: 0, request: 0, note: 0 },
    listeners: new Set(),
  }
}

export function grouped<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const held = map.get(key)
  if (held !== undefined) return held
  const made = make()
  map.set(key, made)
  return made
}

export const pairKey = (a: number, b: number): string => (a < b ? `${a}:${b}` : `${b}:${a}`)
export const fullname = (user: User): string => `${user.firstname} ${user.lastname}`
