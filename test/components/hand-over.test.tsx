// @vitest-environment happy-dom
import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, it } from 'vitest'
import type { ColleaguesRule } from '../../lib/dialogue/colleagues-rule.ts'
import type { RuleDraft } from '../../lib/dialogue/open-rule.ts'
import { BIOLOGY, NOW } from '../example.ts'
import { biologyChoices, rule } from '../example-rules.ts'
import { drawDesk } from './options-screen.tsx'
import { createOffice, useScreen, violations } from './screen.tsx'

useScreen()

const theirs = (change: Partial<ColleaguesRule> = {}): ColleaguesRule => ({
  ruleId: 't1t1t1t1t1t1',
  owner: { id: 4, fullName: 'Tom Tutor' },
  words: {
    courseId: BIOLOGY.id,
    audience: { kind: 'course', courseId: BIOLOGY.id },
    subject: 'Welcome from Tom',
    text: 'Hello',
    repliesExpected: true,
  },
  tenure: 'held',
  timeLease: NOW + 86_400,
  reached: 12,
  claimed: 0,
  mayTakeOver: false,
  ...change,
})

type World = ReturnType<typeof createOffice>['world']

async function openDesk(prepare: (world: World) => void) {
  const { world, connection } = createOffice()
  for (const account of world.accounts) account.hasToken = true
  prepare(world)
  await drawDesk(connection)
  return world
}

const press = async (name: string | RegExp) => fireEvent.click(await screen.findByRole('button', { name }))

async function colleagues(change: Partial<ColleaguesRule> = {}) {
  const world = await openDesk((office) => {
    office.colleagues = [theirs(change)]
  })
  fireEvent.change(await screen.findByLabelText('Course'), { target: { value: String(BIOLOGY.id) } })
  await press('Look for shared rules')
  const list = await screen.findByRole('list', { name: 'Shared by colleagues' })
  await within(list).findByText('Welcome from Tom', { selector: 'bdi' })
  return { world, list }
}

describe('rules that colleagues share', () => {
  it('are looked for after a click, and say whose they are and whom they reached', async () => {
    const { list } = await colleagues()
    expect(list.textContent).toContain('Tom Tutor · Everybody in the course · 12 people reached')
    expect(within(list).getByText(/^In use until/)).toBeTruthy()
    expect(within(list).queryByRole('button', { name: /Take over/ })).toBeNull()
    expect(await violations()).toEqual([])
  })

  it('are asked to pause, and say so', async () => {
    const { world, list } = await colleagues()
    await press('Pause their rule')
    await within(list).findByText(/Asked to pause/)
    expect(world.questions('askColleague')).toMatchObject([{ ruleId: 't1t1t1t1t1t1', does: 'pause' }])
  })

  it('are ended after a second click only', async () => {
    const { world, list } = await colleagues()
    await press('End their rule')
    expect(world.questions('askColleague')).toEqual([])
    await press('End it for everybody')
    await within(list).findByText(/Asked to end/)
    expect(within(list).queryByRole('button')).toBeNull()
  })

  it('are taken over where they are free', async () => {
    const { world } = await colleagues({ tenure: 'released', mayTakeOver: true })
    await press('Take over: preview first')
    expect(world.questions('adoptRule')).toMatchObject([{ ruleId: 't1t1t1t1t1t1', courseId: BIOLOGY.id }])
    expect(world.questions('startRule')).toEqual([])
  })
})

describe('a rule of one\u2019s own', () => {
  it('is shared, and released', async () => {
    const world = await openDesk((office) => {
      office.rules = [rule({ state: 'active' })]
    })
    await press(/Welcome to Biology/)
    await press('Share with the course’s other teachers')
    await press('Release to colleagues')
    await screen.findByText(/^Released:/)
    expect(world.questions('releaseRule')).toHaveLength(1)
  })

  it('is not offered to be shared without a token', async () => {
    await openDesk((office) => {
      for (const account of office.accounts) account.hasToken = false
      office.rules = [rule({ state: 'active' })]
    })
    await press(/Welcome to Biology/)
    await screen.findByRole('button', { name: 'Pause' })
    expect(screen.queryByRole('button', { name: /^Share with/ })).toBeNull()
  })
})

describe('a rule that is made', () => {
  const SHARE = /^Share with the course’s other teachers/
  const saved = (world: World) => world.questions('saveRule').at(-1) as RuleDraft
  const begin = async (prepare: (world: World) => void = () => {}) => {
    const world = await openDesk((office) => {
      office.courseChoices = biologyChoices()
      prepare(office)
    })
    await press('New rule')
    await screen.findByLabelText(/^Student/)
    return world
  }

  it('is offered to be shared, with what colleagues will see, and is not unless ticked', async () => {
    const world = await begin()
    const tick = (await screen.findByLabelText(SHARE)) as HTMLInputElement
    expect(tick.checked).toBe(false)
    expect(screen.getByText(/sees in it the subject, the text, .* no names/)).toBeTruthy()
    fireEvent.click(tick)
    await waitFor(() => expect(saved(world).toShare).toMatch(/^Tara Teacher shares a rule/), {
      timeout: 2000,
    })
    fireEvent.click(tick)
    await waitFor(() => expect(saved(world)).not.toHaveProperty('toShare'), { timeout: 2000 })
    expect(await violations()).toEqual([])
  })

  it.each<[string, (world: World) => void]>([
    [
      'without a token',
      (world) => {
        for (const account of world.accounts) account.hasToken = false
      },
    ],
    [
      'where the course shows this account no notes',
      (world) => {
        world.courseChoices = biologyChoices({ notesKnown: false })
      },
    ],
  ])('is not offered to be shared %s', async (_, prepare) => {
    await begin(prepare)
    expect(screen.queryByLabelText(SHARE)).toBeNull()
  })

  it('is not offered to be shared while it is for people by name', async () => {
    await begin()
    fireEvent.click(await screen.findByLabelText(/^People by name/))
    await waitFor(() => expect(screen.queryByLabelText(SHARE)).toBeNull())
  })
})
