import type { AccountId } from './dialogue.ts'
import type { QuietHours } from './quiet-hours.ts'
import type { Signatures } from './signature.ts'
import type { Trouble } from './trouble.ts'
import type { Course } from './views.ts'

export type AccountState = 'ready' | 'signed-out' | 'locked' | 'paused'

export interface AccountView {
  id: AccountId
  wwwroot: string
  siteName: string
  userId: number
  fullName: string
  state: AccountState
  trouble?: Trouble
  unread: number
  onlyMe: boolean
  quietHours?: QuietHours
  signatures?: Signatures
  hasToken: boolean
  hasSession: boolean
  timeLastRound?: number
  courses: Course[]
}
