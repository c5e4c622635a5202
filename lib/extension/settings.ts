import type { Grouping, Sort } from '../dialogue/views.ts'

export interface Settings {
  /** Seconds between rounds while a Moodle tab is in use. */
  pollSeconds: 60 | 120 | 300
  notifications: boolean
  /** Notifications say that something came, not what. */
  notificationsWithoutContent: boolean
  sendWith: 'ctrl-enter' | 'enter'
  /** 0: send at once. */
  undoSeconds: 0 | 5 | 10 | 30
  /** The same for a message to several people, and for a rule. */
  undoSeveralSeconds: 5 | 10 | 30 | 60
  /** 30, 90, 180 or 365, or what an administrator allows at most. */
  retentionDays: number
  /** Hides names and texts everywhere, for lessons with a projector. */
  hidden: boolean
  /** Panel width in px. */
  panelWidth: number
  /** Single letters as shortcuts, while nothing is being written. */
  keys: boolean
  /** How many dialogues there are, beside a course's activities. */
  pageCounts: boolean
  sort: Sort
  group: Grouping
}

export const DEFAULT_SETTINGS: Settings = {
  pollSeconds: 60,
  notifications: false,
  notificationsWithoutContent: true,
  sendWith: 'ctrl-enter',
  undoSeconds: 5,
  undoSeveralSeconds: 10,
  retentionDays: 180,
  hidden: false,
  panelWidth: 400,
  keys: true,
  pageCounts: true,
  sort: 'unread',
  group: 'none',
}
