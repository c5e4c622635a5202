import './environment.ts'
import { expect, it } from 'vitest'
import type { Action } from './actions.ts'
import { newTally, play } from './run.ts'

const write = (undoSeconds: 0 | 5 = 0): Action => ({
  do: 'write',
  who: 0,
  place: 0,
  how: 'subject',
  undoSeconds,
  later: 0,
})
const work = (task: 'flush' | 'round' | 'pull' | 'catchUp'): Action => ({ do: 'work', who: 0, task })
const answers: Action = { do: 'other side', from: 2, to: 0, count: 2 }
const lost: Action = { do: 'trap', trap: { mishap: 'cut after', onSend: true, skip: 0 } }
const change = (what: 'take back' | 'drop'): Action => ({ do: what, who: 0, entry: 0 })

/** More than any of these has: those beyond the last find the worker alive. */
const AWAITS = 90

const LIVES: [what: string, before: Action[], action: Action][] = [
  ['writing', [], write()],
  ['sending', [write()], work('flush')],
  ['settling', [write(), lost, work('flush')], work('flush')],
  ['taking back', [write(5)], change('take back')],
  ['dropping', [write(5)], change('drop')],
  ['reading a conversation', [write(), work('flush'), answers], work('pull')],
  ['a round', [write(), work('flush'), answers], work('round')],
]

it.each(LIVES)(
  'stopped at every third await of %s, nothing is lost, doubled or filed wrongly',
  async (_, before, action) => {
    const tally = newTally()
    for (let awaits = 0; awaits < AWAITS; awaits += 3) {
      const actions: Action[] = [...before, { do: 'doomed', awaits, action }]
      await play({ withTokens: true, isThorough: false, actions }, tally)
      const hasSurvived = tally.faults < tally.runs * (before.includes(lost) ? 2 : 1)
      if (hasSurvived) break
    }
    expect(tally).toMatchObject({ lost: 0, doubled: 0 })
    expect(tally.runs).toBeGreaterThan(5)
  },
  60_000,
)

it.each(LIVES)(
  'a disk that is full at any write of %s loses, doubles and misfiles nothing',
  async (_, before, action) => {
    const tally = newTally()
    for (let after = 1; after < AWAITS; after++) {
      await play(
        { withTokens: true, isThorough: false, actions: [...before, { do: 'disk full', after }, action] },
        tally,
      )
      const isReached = tally.faults >= tally.runs * (before.includes(lost) ? 2 : 1)
      if (!isReached) break
    }
    expect(tally).toMatchObject({ lost: 0, doubled: 0 })
    expect(tally.runs).toBeGreaterThan(1)
  },
  60_000,
)
