import type { Sequence } from './actions.ts'
import { heal, showEverything, showWhatChanged } from './heal.ts'
import { judge, type Verdict } from './invariants.ts'
import { perform } from './perform.ts'
import { openRig, type Rig } from './rig.ts'

/** Over all runs so far. */
export interface Tally {
  runs: number
  sends: number
  faults: number
  lost: number
  doubled: number
}

export const newTally = (): Tally => ({ runs: 0, sends: 0, faults: 0, lost: 0, doubled: 0 })

export const tallyLine = ({ runs, sends, faults, lost, doubled }: Tally): string =>
  `runs ${runs}, sends ${sends}, faults ${faults}, lost ${lost}, doubled ${doubled}`

function count(tally: Tally, rig: Rig, { lost, doubled }: Verdict): void {
  tally.runs++
  tally.sends += rig.sends
  tally.faults += rig.browser.wire.mishaps() + rig.browser.disk.timesFull + rig.deaths
  tally.lost += lost.length
  tally.doubled += doubled.length
}

/** Plays one sequence, mends everything, and throws what does not hold then. */
export async function play({ withTokens, isThorough, actions }: Sequence, tally: Tally): Promise<void> {
  const rig = await openRig(withTokens)
  try {
    for (const action of actions) {
      rig.turn++
      await perform(rig, rig.browser.worker(), action)
    }
    await heal(rig)
    await (isThorough ? showEverything(rig) : showWhatChanged(rig))
    const verdict = await judge(rig, isThorough)
    count(tally, rig, verdict)
    const said = [...verdict.lost, ...verdict.doubled, ...verdict.wrong]
    if (said.length > 0) throw new Error(said.join('\n'))
  } finally {
    await rig.browser.close()
  }
}
