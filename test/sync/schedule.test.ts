import { describe, expect, it } from 'vitest'
import {
  backoffSeconds,
  jittered,
  secondsToFirstRound,
  secondsToNextRound,
  slowRoundIsDue,
  startsOfDue,
} from '../../lib/sync/schedule.ts'

const ask = { activity: 'in-use' as const, pollSeconds: 60, failures: 0, random: () => 0.5 }

describe('the next round', () => {
  it('comes after the person’s interval while a Moodle tab is in use', () => {
    expect(secondsToNextRound(ask)).toBe(60)
  })

  it('comes slower while none is, and never faster than the person’s interval', () => {
    expect(secondsToNextRound({ ...ask, activity: 'idle' })).toBe(300)
    expect(secondsToNextRound({ ...ask, activity: 'idle', pollSeconds: 600 })).toBe(600)
  })

  it('does not come at all while the computer is locked or offline', () => {
    expect(secondsToNextRound({ ...ask, activity: 'away', failures: 3 })).toBeUndefined()
  })

  it('waits 1, 2, 4, 8 and then 15 minutes after failures', () => {
    expect([1, 2, 3, 4, 5, 50].map((failures) => backoffSeconds(failures) / 60)).toEqual([1, 2, 4, 8, 15, 15])
  })

  it('waits as long as the site asks for, and not all browsers come at the second that it named', () => {
    const told = { ...ask, failures: 1, retryAfter: 1800 }
    expect([0, 0.5, 1].map((at) => secondsToNextRound({ ...told, random: () => at }))).toEqual([
      1800, 1860, 1920,
    ])
    expect(secondsToNextRound({ ...told, activity: 'idle', random: () => 1 })).toBe(2100)
    expect(secondsToNextRound({ ...ask, failures: 4, retryAfter: 5 })).toBe(480)
  })

  it('is never later than an hour, which would look like a clock put back', () => {
    const long = { ...ask, failures: 1, retryAfter: 86_400, random: () => 1 }
    expect(secondsToNextRound(long)).toBe(3600)
    expect(secondsToNextRound({ ...long, retryAfter: 3590, activity: 'idle' })).toBe(3600)
  })

  it('is spread by 15 percent either way', () => {
    expect([0, 1].map((random) => Math.round(jittered(100, () => random)))).toEqual([85, 115])
    expect([0, 1].map((random) => secondsToNextRound({ ...ask, random: () => random }))).toEqual([51, 69])
  })

  it('comes soon while somebody reads and a message has just come, and then slower and slower', () => {
    const quiet = [0, 20, 60, 100, 600].map((quietSeconds) =>
      secondsToNextRound({ ...ask, activity: 'reading', quietSeconds }),
    )
    expect(quiet).toEqual([8, 10, 14, 18, 18])
    expect(secondsToNextRound({ ...ask, activity: 'reading' })).toBe(18)
  })

  it('backs off while somebody reads as at any other time', () => {
    expect(secondsToNextRound({ ...ask, activity: 'reading', failures: 3 })).toBe(240)
  })

  it('is, first of a browser that a whole school starts at the same second, some time after the start', () => {
    const first = (activity: 'in-use' | 'idle', at: number) =>
      secondsToFirstRound({ activity, pollSeconds: 60, random: () => at })
    expect([first('in-use', 0), first('in-use', 1)]).toEqual([30, 150])
    expect([first('idle', 0), first('idle', 1)]).toEqual([30, 330])
    expect(secondsToFirstRound({ ...ask, activity: 'away' })).toBeUndefined()
  })

  it('begins for one account after another, and for all before an idle worker is stopped', () => {
    expect(startsOfDue(0)).toEqual([])
    expect(startsOfDue(3)).toEqual([0, 2, 4])
    expect(Math.max(...startsOfDue(50))).toBeLessThan(20)
  })

  it('is a slow one every five minutes', () => {
    expect(slowRoundIsDue(undefined, 1000)).toBe(true)
    expect(slowRoundIsDue(1000, 1299)).toBe(false)
    expect(slowRoundIsDue(1000, 1300)).toBe(true)
  })
})
