import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { accountsTogether } from './load-accounts.ts'
import { DAY_SECONDS, dayOf } from './load-day.ts'
import { nextDrawerWait } from './load-drawer.ts'
import { freshness, mean, peak, total } from './load-figures.ts'
import { plot, points } from './load-plot.ts'
import { randomFrom } from './load-random.ts'
import { run, SCENARIOS, scaled } from './load-runs.ts'
import { markdown, plain, withFigures } from './load-tables.ts'

const USERS = 2000

it('docs/load.md names the command, and the command is there', async () => {
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8'))
  expect(scripts['bench:load']).toBe('node test/bench/load.ts')
  const page = await readFile('docs/load.md', 'utf8')
  expect(page).toContain('`npm run bench:load`')
  expect(withFigures(page, 'x')).toContain('\n\nx\n\n')
  expect(page).toContain('load.svg')
})

it('the same seed gives the same day, and another seed another', () => {
  expect(dayOf(randomFrom(3))).toEqual(dayOf(randomFrom(3)))
  expect(dayOf(randomFrom(3))).not.toEqual(dayOf(randomFrom(4)))
})

it('a day has no gap, and its messages come while somebody’s browser is on', () => {
  for (let seed = 0; seed < 50; seed++) {
    const { spells, messages } = dayOf(randomFrom(seed))
    expect(spells[0]?.from).toBe(0)
    expect(spells.at(-1)?.to).toBe(DAY_SECONDS)
    for (const [i, spell] of spells.slice(1).entries()) expect(spell.from).toBeCloseTo(spells[i]?.to ?? -1)
    for (const { time, spell } of messages) {
      expect(time >= spell.from && time < spell.to).toBe(true)
      expect(['idle', 'in-use', 'reading']).toContain(spell.doing)
    }
  }
})

it('the drawer waits 10 seconds, a second longer each time up to two minutes, and then five', () => {
  expect([undefined, 10, 119, 120, 300].map(nextDrawerWait)).toEqual([10, 11, 120, 300, 300])
})

it('peaks, means and waits are counted as named', () => {
  const curve = [0, 4, 4, 0, 2]
  expect([peak(curve, 1), peak(curve, 2), peak(curve, 2, 3)]).toEqual([4, 4, 1])
  expect([mean(curve), total(curve, 1, 3)]).toEqual([2, 8])
  expect(freshness([0, 18, 0, 2])).toEqual({ mean: 1.2, median: 1, p95: 3 })
})

it('while reading Aside asks less than the drawer, and shows messages no later', () => {
  const [ours, theirs] = [run(SCENARIOS.aside, USERS).load, run(SCENARIOS.drawer, USERS).load]
  expect(ours.perDayReading).toBeLessThan(theirs.perDayReading)
  expect(ours.fresh.reading.mean).toBeLessThanOrEqual(theirs.fresh.reading.mean)
})

it('after ten minutes of outage no ten seconds are above 1.5 times the normal peak, whatever the site asked for', () => {
  const normal = run(SCENARIOS.aside, USERS).load.normalPeak
  for (const name of ['asideOutage', 'asideTold', 'asideDate'] as const)
    expect(run(SCENARIOS[name], USERS).load.afterPeak / normal).toBeLessThan(1.5)
})

it('a school’s browsers that start at the same second do not ask at the same second', () => {
  const [spread, together] = [run(SCENARIOS.asideStart, USERS).load, run(SCENARIOS.unwiredStart, USERS).load]
  expect(together.busiestSecond).toBeGreaterThan(USERS)
  expect(spread.busiestSecond).toBeLessThan(USERS / 15)
})

it('ten accounts of one browser begin one after another', () => {
  expect(accountsTogether(10, 3600, randomFrom(1), false).inOneSecond).toBe(10)
  expect(accountsTogether(10, 3600, randomFrom(1), true)).toMatchObject({ inOneSecond: 1, inTenSeconds: 5 })
})

it('more users than are simulated are the same curve, higher', () => {
  const base = run(SCENARIOS.drawer, 500)
  const more = scaled(base, 5000)
  expect(more.normalPeak).toBeCloseTo(base.load.normalPeak * 10)
  expect(more.perDay).toBe(base.load.perDay)
})

it('tables are for pages and for terminals', () => {
  const table = {
    head: ['who', 'n'],
    rows: [
      ['drawer', '10'],
      ['we', '9'],
    ],
  }
  expect(markdown(table)).toBe('| who | n |\n| --- | ---: |\n| drawer | 10 |\n| we | 9 |')
  expect(plain(table)).toBe('who      n\ndrawer  10\nwe       9')
  expect(() => withFigures('nothing', '')).toThrow('no place for figures')
})

it('the plot names both axes and draws each curve', () => {
  expect(points([1, 3, 5, 7], 0, 4, 2)).toEqual([2000, 6000])
  const curves = [{ name: 'a', colour: 'ours' as const, perUserSecond: [0.001, 0.003] }]
  const svg = plot([{ title: 'T', curves, from: 0, to: 2, step: 1, tickSeconds: 1 }])
  expect(svg).toContain('>time of day</text>')
  expect(svg).toContain('>requests/s per 1000 users</text>')
  expect(svg).toContain('prefers-color-scheme: dark')
  expect(svg.match(/class="line ours" d="M[^"]*L/g)).toHaveLength(1)
})
