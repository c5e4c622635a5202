/** What every client is given; the tokens were made before. */
export interface Scene {
  readonly wwwroot: string
  readonly username: string
  readonly password: string
  readonly token: string
  readonly userid: number
  /** A conversation of 131 messages. */
  readonly convid: number
  readonly messageids: readonly number[]
  readonly courseid: number
  readonly file: string
  /** A browser that is logged in, for a client that can use it. */
  readonly session: { readonly sesskey: string; readonly fetch: typeof globalThis.fetch }
}

export const taskNames = {
  signIn: 'sign in with name and password',
  siteInfo: 'whose token is it',
  counters: 'five counters and lists at once',
  conversations: 'all 47 conversations',
  messages: 'all 131 messages of one of them',
  send: 'send a message',
  mark: 'mark ten messages as read',
  upload: 'upload a file to a draft area',
  download: 'download a file',
  session: 'unread messages without a token, by the browser’s session',
} as const

export type TaskName = keyof typeof taskNames
/** Answers with a number that says that the work was done: a count, an id, a size. */
export type Task = (scene: Scene) => Promise<number>
export type Tasks = { readonly [N in TaskName]?: Task }
