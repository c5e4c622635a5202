/** What is wrong, as people need to know it. `sync` makes these from errors; screens put them in words. */
export type TroubleKind =
  | 'offline' // this computer has no connection
  | 'unreachable' // no usable answer from the site
  | 'broken-answer' // an answer that makes no sense; cached dialogues stay
  | 'signed-out'
  | 'other-user' // somebody else is logged in to the site in this browser
  | 'logged-in-as'
  | 'guest'
  | 'switched-role'
  | 'maintenance'
  | 'messaging-off'
  | 'web-services-off'
  | 'policy' // link: where to agree
  | 'password-change'
  | 'profile-incomplete'
  | 'suspended'
  | 'token-refused'
  | 'not-permitted'
  | 'recipient-refuses' // serverSays: the site's own reason
  | 'empty'
  | 'too-long'
  | 'not-proven' // it may have arrived; nobody can tell
  | 'grader-not-opened' // an assignment whose own id is not known yet
  | 'grading-filtered' // a filter of the grading table hides everybody whose date is asked for
  | 'taken-over' // another teacher goes on with the rule
  | 'storage'
  | 'site-not-allowed' // by the administrator of this browser
  | 'unknown'

/** Who can mend it. */
export type Mender = 'nobody' | 'wait' | 'person' | 'admin'

export interface Trouble {
  kind: TroubleKind
  mender: Mender
  /** The site's own words, without markup. */
  serverSays?: string
  /** An address on the site where the person can mend it. */
  link?: string
  /** When it is tried again. */
  timeRetry?: number
}
