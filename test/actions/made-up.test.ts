// @vitest-environment happy-dom
import { waitFor } from '@testing-library/preact'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startActions, type Wanted } from '../../entrypoints/actions/actions.ts'
import { startLauncher } from '../../entrypoints/launcher/launcher.ts'
import { WWWROOT } from '../example.ts'
import { activity, closeCoursePage, openCoursePage } from './course-page.ts'

const TARA = { id: 3, fullName: 'Tara Teacher' }

const ANSWERS: Record<string, unknown> = {
  reportPage: { accountId: 'one', unread: 2, hidden: false },
  pagePeople: { people: [], isHidden: false, isTeacher: false },
  courseCounts: [],
  courseTeachers: [TARA],
}

/** Everything that was asked of the worker, which alone may ask the site. */
let asked: string[]

beforeEach(() => {
  asked = []
  openCoursePage(activity(3, 'Essay 1'), (question) => {
    asked.push(question)
    return ANSWERS[question]
  })
})

afterEach(closeCoursePage)

const DEEDS = ['pointerover', 'pointerenter', 'mouseenter', 'pointerdown', 'mousedown', 'pointerup', 'click']

/** All that a page's script can do to an element of ours, even if it could see into its root. */
function makeUp(element: HTMLElement): void {
  for (const name of [...DEEDS, 'focus', 'focusin', 'keydown', 'keyup'])
    element.dispatchEvent(new Event(name, { bubbles: true, composed: true }))
  element.click()
}

/** As a hand does it; happy-dom cannot make one. */
function byHand(element: HTMLElement, name: string): void {
  const event = new Event(name, { bubbles: true, composed: true })
  Object.defineProperty(event, 'isTrusted', { value: true })
  element.dispatchEvent(event)
}

async function partsOf(tag: string): Promise<{ host: HTMLElement; button: HTMLElement }> {
  const host = await waitFor(() => {
    const found = document.querySelector<HTMLElement>(tag)
    if (!found) throw new Error(`no ${tag}`)
    return found
  })
  const button = host.shadowRoot?.querySelector('button')
  if (!button) throw new Error('no button')
  return { host, button }
}

describe('what a script of the page makes up', () => {
  it('neither opens the panel nor asks for anything at the launcher', async () => {
    await startLauncher()
    const { host, button } = await partsOf('aside-launcher')
    asked = []
    makeUp(host)
    makeUp(button)
    expect(asked).toEqual([])
    byHand(button, 'pointerenter')
    expect(asked).toEqual(['openPanel', 'hello'])
  })

  it('does not press the launcher, which a hand does', async () => {
    await startLauncher()
    const { button } = await partsOf('aside-launcher')
    const toggle = vi.fn()
    globalThis.asidePanel = { show() {}, hide() {}, toggle, isOpen: () => false }
    makeUp(button)
    expect(toggle).not.toHaveBeenCalled()
    byHand(button, 'click')
    expect(toggle).toHaveBeenCalledOnce()
    globalThis.asidePanel = undefined
  })

  it('neither opens anything nor asks for anybody’s teachers at an action', async () => {
    const opened: Wanted[] = []
    void startActions((wanted) => opened.push(wanted)).look()
    const { host, button } = await partsOf('aside-action')
    asked = []
    makeUp(host)
    makeUp(button)
    host.focus()
    expect(asked).toEqual([])
    byHand(host, 'pointerenter')
    expect(asked).toEqual(['courseTeachers'])
    expect(opened).toEqual([])
    byHand(button, 'click')
    await waitFor(() => expect(opened).toMatchObject([{ seed: { to: [TARA], subject: 'Essay 1' } }]))
  })

  it('does not report that somebody logs out', async () => {
    const link = document.createElement('a')
    link.href = `${WWWROOT}/login/logout.php?sesskey=abc`
    link.addEventListener('click', (event) => event.preventDefault())
    document.body.append(link)
    await startLauncher()
    asked = []
    makeUp(link)
    expect(asked).toEqual([])
    byHand(link, 'click')
    // Launchers of the tests before listen too.
    expect(new Set(asked)).toEqual(new Set(['reportPage']))
  })
})
