import { describe, expect, it } from 'vitest'
import { backoffSeconds, jittered, secondsToNextRound, slowRoundIsDue } from '../../lib/sync/schedule.ts'

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

  it('waits as long as the site asks for', () => {
    expect(secondsToNextRound({ ...ask, failures: 1, retryAfter: 1800 })).toBe(1800)
    expect(secondsToNextRound({ ...ask, failures: 4, retryAfter: 5 })).toBe(480)
  })

  it('is spread by 15 percent either way, and never comes before what the site asked for', () => {
    expect([0, 1].map((random) => Math.round(jittered(100, () => random)))).toEqual([85, 115])
    expect(
      secondsToNextRound({ ...ask, failures: 1, retryAfter: 1800, random: () => 0 }),
    ).toBeGreaterThanOrEqual(1800)
  })

  it('is a slow one every five minutes', () => {
    expect(slowRoundIsDue(undefined, 1000)).toBe(true)
    expect(slowRoundIsDue(1000, 1299)).toBe(false)
    expect(slowRoundIsDue(1000, 1300)).toBe(true)
  })
})
