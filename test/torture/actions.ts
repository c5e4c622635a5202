import fc from 'fast-check'
import { MISHAPS, type Trap } from './wire.ts'

/** Which of the places to write to, of those that the writer has. */
type Place = number
type Who = 0 | 1

/** What a worker may be asked to do, for one account. */
export type Task = 'flush' | 'round' | 'catchUp' | 'pull'

export type Action =
  | { do: 'type'; who: Who; place: Place; how: 'subject' | 'general' | 'answer'; save: boolean }
  | { do: 'send'; who: Who; tab: number; undoSeconds: 0 | 5 }
  /** Types and sends at once. */
  | {
      do: 'write'
      who: Who
      place: Place
      how: 'subject' | 'general' | 'answer'
      undoSeconds: 0 | 5
      later: 0 | 200
    }
  | { do: 'close tab'; who: Who; tab: number }
  | { do: 'save late'; typedOn: boolean }
  | { do: 'take back' | 'drop' | 'edit' | 'send now'; who: Who; entry: number }
  | { do: 'answer the question'; who: Who }
  | { do: 'work'; who: Who; task: Task }
  /** A worker that is stopped at one of its awaits, in the middle of something. */
  | { do: 'doomed'; awaits: number; action: Action }
  | { do: 'kill' }
  /** At once, in the same worker or in two. */
  | { do: 'together'; actions: Action[]; workers: 1 | 2 }
  | { do: 'trap'; trap: Trap }
  | { do: 'disk full'; after: number }
  | { do: 'log in'; as: 3 | 5 | 6 | undefined; pageIsSeen: boolean }
  | { do: 'session ends' }
  | { do: 'maintenance' | 'messaging' | 'privacy' | 'block'; on: boolean }
  | { do: 'clock'; days: -1 | 0 | 1 }
  | { do: 'wait'; seconds: number }
  | { do: 'other side'; from: number; to: number; count: number }
  | { do: 'same words elsewhere'; line: number }
  | { do: 'delete own'; message: number; who: Who }
  | { do: 'read'; who: Who }

const who = fc.constantFrom<Who>(0, 0, 1)
const place = fc.nat(3)
const how = fc.constantFrom('subject' as const, 'general' as const, 'answer' as const)
const tab = fc.nat(3)

const type = fc.record({ do: fc.constant('type' as const), who, place, how, save: fc.boolean() })
const send = fc.record({
  do: fc.constant('send' as const),
  who,
  tab,
  undoSeconds: fc.constantFrom<0 | 5>(0, 0, 5),
})
const write = fc.record({
  do: fc.constant('write' as const),
  who,
  place,
  how,
  undoSeconds: fc.constantFrom<0 | 5>(0, 0, 5),
  /** Put off by so many seconds. */
  later: fc.constantFrom<0 | 200>(0, 0, 0, 0, 200),
})
const change = fc.record({
  do: fc.constantFrom('take back' as const, 'drop' as const, 'edit' as const, 'send now' as const),
  who,
  entry: fc.nat(3),
})
const task = fc.constantFrom<Task>('flush', 'flush', 'flush', 'round', 'pull', 'catchUp')
const work = fc.record({ do: fc.constant('work' as const), who, task })
const simple = fc.oneof(
  { arbitrary: work, weight: 4 },
  { arbitrary: send, weight: 1 },
  { arbitrary: write, weight: 2 },
  { arbitrary: change, weight: 2 },
)

const doomed = fc.record({ do: fc.constant('doomed' as const), awaits: fc.nat(70), action: simple })
const together = fc.record({
  do: fc.constant('together' as const),
  actions: fc.array(simple, { minLength: 2, maxLength: 3 }),
  workers: fc.constantFrom<1 | 2>(1, 2, 2),
})
const trap = fc.record({
  do: fc.constant('trap' as const),
  trap: fc.record({
    mishap: fc.constantFrom(...MISHAPS),
    onSend: fc.constantFrom(true, true, false),
    skip: fc.constantFrom(0, 0, 1, 2),
  }),
})
const login = fc.record({
  do: fc.constant('log in' as const),
  as: fc.constantFrom<3 | 5 | 6 | undefined>(3, 3, 5, 5, 6, undefined),
  pageIsSeen: fc.constantFrom(true, true, false),
})
const setting = fc.record({
  do: fc.constantFrom('maintenance' as const, 'messaging' as const, 'privacy' as const, 'block' as const),
  on: fc.boolean(),
})
const otherSide = fc.record({
  do: fc.constant('other side' as const),
  from: fc.nat(2),
  to: fc.nat(1),
  count: fc.constantFrom(1, 1, 1, 1, 2, 2, 3, 35),
})

export const action: fc.Arbitrary<Action> = fc.oneof(
  { arbitrary: write, weight: 14 },
  { arbitrary: type, weight: 3 },
  { arbitrary: send, weight: 3 },
  { arbitrary: work, weight: 8 },
  { arbitrary: change, weight: 3 },
  { arbitrary: doomed, weight: 5 },
  { arbitrary: together, weight: 5 },
  { arbitrary: trap, weight: 6 },
  { arbitrary: login, weight: 2 },
  { arbitrary: setting, weight: 2 },
  { arbitrary: otherSide, weight: 2 },
  {
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 6, 60, 130, 310, 4000),
    }),
    weight: 5,
  },
  {
    arbitrary: fc.record({ do: fc.constant('clock' as const), days: fc.constantFrom<-1 | 0 | 1>(-1, 0, 1) }),
    weight: 2,
  },
  {
    arbitrary: fc.record({ do: fc.constant('disk full' as const), after: fc.integer({ min: 1, max: 20 }) }),
    weight: 2,
  },
  { arbitrary: fc.record({ do: fc.constant('delete own' as const), message: fc.nat(3), who }), weight: 2 },
  { arbitrary: fc.record({ do: fc.constant('same words elsewhere' as const), line: fc.nat(5) }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('save late' as const), typedOn: fc.boolean() }), weight: 2 },
  { arbitrary: fc.record({ do: fc.constant('close tab' as const), who, tab }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('read' as const), who }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('answer the question' as const), who }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('session ends' as const) }), weight: 1 },
  { arbitrary: fc.record({ do: fc.constant('kill' as const) }), weight: 2 },
)

export interface Sequence {
  withTokens: boolean
  /** Reads everything in the end, not only what changed. */
  isThorough: boolean
  actions: Action[]
}

export const sequences = (longest: number): fc.Arbitrary<Sequence> =>
  fc.record({
    withTokens: fc.boolean(),
    isThorough: fc.constantFrom(false, false, false, false, true),
    actions: fc.array(action, { minLength: 1, maxLength: longest, size: 'max' }),
  })
