// @vitest-environment happy-dom
import { waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startActions, type Wanted } from '../../entrypoints/actions/actions.ts'
import { activity, closeCoursePage, openCoursePage } from './course-page.ts'

type Counts = { cmid: number; dialogues: number; unread: number }[]

const section = (name: string, activities: string) =>
  `<li data-for="section"><h3 class="sectionname">${name}</h3><ul>${activities}</ul></li>`

let counts: Counts | undefined

beforeEach(() => {
  const answers: Record<string, () => unknown> = {
    pagePeople: () => ({ people: [], isHidden: false, isTeacher: true }),
    courseCounts: () => counts,
  }
  const content =
    section('Week 1', activity(3, 'Essay 1') + activity(4, 'Essay 2')) +
    section('Week 2', activity(5, 'Essay 3'))
  openCoursePage(content, (question) => answers[question]?.())
})

afterEach(closeCoursePage)

const hosts = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('aside-action')]
const shown = () =>
  hosts().flatMap(({ shadowRoot }) => shadowRoot?.querySelector('.room button')?.getAttribute('title') ?? [])

async function look(): Promise<Wanted[]> {
  const opened: Wanted[] = []
  await startActions((wanted) => opened.push(wanted)).look()
  await waitFor(() => expect(document.querySelectorAll('li.activity aside-action')).toHaveLength(3))
  return opened
}

describe('counts in the course page', () => {
  it('stand beside activities and sections, and say what is unread', async () => {
    counts = [
      { cmid: 3, dialogues: 2, unread: 1 },
      { cmid: 4, dialogues: 120, unread: 0 },
    ]
    await look()
    await waitFor(() => expect(shown()).toHaveLength(3))
    expect(shown()).toEqual([
      '122 dialogues about Week 1, some unread',
      '2 dialogues about Essay 1, some unread',
      '120 dialogues about Essay 2',
    ])
    const words = hosts().map(
      (host) => host.shadowRoot?.querySelector<HTMLElement>('.room button')?.dataset.words,
    )
    expect(words).toEqual(['99+', '2', '99+', undefined, undefined])
  })

  it('leave no trace outside of their closed roots: with or without one, all look the same to the page', async () => {
    counts = [{ cmid: 3, dialogues: 2, unread: 1 }]
    await look()
    await waitFor(() => expect(shown()).toHaveLength(2))
    const traces = hosts().map((host) => `${host.parentElement?.className}: ${host.outerHTML}`)
    expect(hosts()).toHaveLength(5)
    expect(new Set(traces).size).toBe(2)
    expect(document.body.textContent).not.toContain('2 dialogues')
    for (const { shadowRoot } of hosts()) expect(shadowRoot?.querySelector('.room')?.textContent).toBe('')
  })

  it('have neither room nor host where nobody wants them', async () => {
    counts = undefined
    await look()
    expect(hosts()).toHaveLength(3)
    for (const { shadowRoot } of hosts()) expect(shadowRoot?.querySelector('.room')).toBeNull()
  })

  it('open the dialogues about it when a hand presses, and nothing when a script does', async () => {
    counts = [{ cmid: 3, dialogues: 2, unread: 1 }]
    const opened = await look()
    await waitFor(() => expect(shown()).toHaveLength(2))
    const pill = document
      .querySelector('[data-id="3"] aside-action')
      ?.shadowRoot?.querySelector<HTMLElement>('.room button')
    pill?.click()
    expect(opened).toEqual([])
    const event = new Event('click', { bubbles: true, composed: true })
    Object.defineProperty(event, 'isTrusted', { value: true })
    pill?.dispatchEvent(event)
    expect(opened).toMatchObject([{ scope: { kind: 'page', name: 'Essay 1', cmid: 3 } }])
  })
})
