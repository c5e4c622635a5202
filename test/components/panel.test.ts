// @vitest-environment happy-dom
import { waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPanel, type PanelStart } from '../../components/panel/mount.tsx'
import { ANNA, refTo, row, thread, WWWROOT } from '../example.ts'
import { createFakeWorker } from './fake-worker.ts'
import { useScreen } from './screen.tsx'

useScreen()

let remove = () => {}
afterEach(() => remove())

function open(
  change: Partial<PanelStart> = {},
  prepare: (fake: ReturnType<typeof createFakeWorker>) => void = () => {},
) {
  document.body.className = 'course-2 cmid-3'
  document.body.innerHTML =
    '<button id="launcher">Dialogues</button><header id="page-header"><h1>Essay 1</h1></header>'
  vi.stubGlobal('location', new URL(`${WWWROOT}/mod/assign/view.php?id=3`))
  const fake = createFakeWorker()
  fake.world.rows = [row({ unread: 1 })]
  fake.world.put(thread())
  prepare(fake)
  const toggled: boolean[] = []
  const onToggle = (isOpen: boolean) => toggled.push(isOpen)
  const panel = createPanel({ line: fake.line, css: '', mode: 'open', first: undefined, onToggle, ...change })
  remove = panel.remove
  const inside = () => document.querySelector('aside-panel')?.shadowRoot
  const find = (selector: string) =>
    waitFor(() => {
      const found = inside()?.querySelector<HTMLElement>(selector)
      if (!found) throw new Error(`no ${selector}`)
      return found
    })
  return { ...fake, panel, toggled, inside, find }
}

/** As a hand does it; happy-dom cannot make one. */
function byHand<Made extends Event>(event: Made): Made {
  Object.defineProperty(event, 'isTrusted', { value: true })
  return event
}

const press = (key: string) =>
  byHand(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }))

describe('the panel', () => {
  it('shows the dialogues of the page with one question', async () => {
    const { panel, find, world } = open()
    panel.show()
    await find('.row')
    expect(world.asked.map(({ name }) => name)).toEqual(['hello'])
    expect(world.questions('hello')).toMatchObject([
      { query: { scope: { kind: 'page', courseId: 2, cmid: 3 } } },
    ])
  })

  it('opens on a page that says nonsense about itself', async () => {
    const { panel, find } = open()
    const script = document.createElement('script')
    script.type = 'text/plain'
    script.text = 'x = {"wwwroot":"(no address)"}; y = {"wwwroot":"https://"}'
    document.body.prepend(script)
    panel.show()
    await find('.row')
  })

  it('uses the answer that the launcher began to ask for', async () => {
    const { answers, world: before } = createFakeWorker()
    before.rows = [row({ subject: 'As the launcher read it' })]
    const { panel, find, inside, world } = open({
      first: Promise.resolve(
        answers.hello({ version: 1, query: { scope: { kind: 'all' }, filter: 'all', limit: 5 } }),
      ),
    })
    panel.show()
    await find('.row')
    expect(inside()?.textContent).toContain('As the launcher read it')
    expect(world.questions('hello')).toEqual([])
  })

  it('cannot be looked into by the page', () => {
    const { panel } = open({ mode: 'closed' })
    panel.show()
    expect(document.querySelector('aside-panel')?.shadowRoot ?? null).toBe(null)
  })

  it('makes room beside the page, and gives it back', async () => {
    const { panel, find, toggled } = open()
    panel.show()
    await find('.row')
    const { documentElement: html } = document
    expect(html.classList.contains('aside-open')).toBe(true)
    expect(html.style.getPropertyValue('--aside-width')).toBe('400px')
    panel.hide()
    expect(html.className).toBe('')
    expect(html.style.getPropertyValue('--aside-width')).toBe('')
    expect(toggled).toEqual([true, false])
  })

  it('closes on Escape and gives the focus back', async () => {
    const { panel, find } = open()
    document.getElementById('launcher')?.focus()
    panel.show()
    const row = await find('.row')
    row.focus()
    row.dispatchEvent(press('Escape'))
    expect(panel.isOpen()).toBe(false)
    expect(document.activeElement?.id).toBe('launcher')
  })

  it('does nothing for events that a script made', async () => {
    const { panel, find, inside } = open()
    panel.show()
    const row = await find('.row')
    row.click()
    row.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }))
    expect(panel.isOpen()).toBe(true)
    expect(inside()?.querySelector('.thread-pane')).toBe(null)
    row.dispatchEvent(byHand(new MouseEvent('click', { bubbles: true, composed: true })))
    await find('.thread-pane')
  })

  it("keeps keys from the page's shortcuts", async () => {
    const { panel, find } = open()
    panel.show()
    const row = await find('.row')
    let heard = 0
    document.addEventListener('keydown', () => heard++, { once: true })
    row.dispatchEvent(press('m'))
    expect(heard).toBe(0)
  })

  it('is widened by keys and remembers it', async () => {
    const { panel, find, world } = open()
    panel.show()
    await find('.row')
    const handle = await find('[role=separator]')
    handle.dispatchEvent(press('ArrowLeft'))
    await waitFor(() => expect(handle.getAttribute('aria-valuenow')).toBe('416'))
    handle.dispatchEvent(press('End'))
    await waitFor(() =>
      expect(world.questions('saveSettings')).toEqual([{ panelWidth: 416 }, { panelWidth: 640 }]),
    )
  })

  it('opens a dialogue that an address names, and marks nothing read', async () => {
    const { panel, find, world } = open()
    panel.show({ ref: refTo(ANNA) })
    await find('.thread-pane .editor')
    expect(world.questions('markRead')).toEqual([])
  })

  it('saves what is being written when it closes', async () => {
    const { panel, find, world } = open()
    panel.show({ ref: refTo(ANNA) })
    const editor = await find('.editor')
    if (editor instanceof HTMLTextAreaElement) editor.value = 'Dear'
    editor.dispatchEvent(byHand(new Event('input', { bubbles: true })))
    panel.hide()
    await waitFor(() => expect(world.questions('saveDraft')).toMatchObject([{ text: 'Dear' }]))
  })

  it('says so where it is not turned on, and asks again the next time', async () => {
    const { panel, find, world } = open({}, ({ world }) => {
      world.accounts = []
    })
    panel.show()
    expect((await find('.empty')).textContent).toMatch(/not turned on for this person/)
    panel.hide()
    panel.show()
    await waitFor(() => expect(world.questions('hello')).toHaveLength(2))
  })

  it('says "reload this page" to a worker of another version', async () => {
    const { panel, find } = open({}, ({ answers }) => {
      const { hello } = answers
      answers.hello = (ask) => ({ ...hello(ask), version: 99 })
    })
    panel.show()
    expect((await find('.empty')).textContent).toMatch(/Reload this page/)
  })

  const MADE_UP = { dialogueId: 'zzzzzzzzzzzz', why: 'too-many' } as const
  const lookUp = async (find: (selector: string) => Promise<HTMLElement>) =>
    (await find('.bar-action')).dispatchEvent(byHand(new MouseEvent('click', { bubbles: true })))

  it('says that it did not look for what an address names, and looks when a hand wants it', async () => {
    const { panel, find, world, inside } = open()
    panel.show({ notLooked: MADE_UP })
    const button = await find('.bar-action')
    expect((await find('.bar')).textContent).toContain('Aside did not look for the last one')
    button.click()
    expect(world.questions('findDialogue')).toEqual([])
    await lookUp(find)
    await waitFor(() => expect(inside()?.querySelector('.bar')?.textContent).toContain('no such dialogue'))
    expect(world.questions('findDialogue')).toEqual([{ dialogueId: 'zzzzzzzzzzzz', isWanted: true }])
  })

  it('opens what it then finds, and offers to look again where nothing answered', async () => {
    const { panel, find, world, inside } = open()
    panel.show({ notLooked: { ...MADE_UP, dialogueId: refTo(ANNA).dialogueId } })
    await find('.bar-action')
    world.isDown = true
    await lookUp(find)
    await waitFor(() => expect(inside()?.querySelector('.bar')?.textContent).toContain('did not answer'))
    world.isDown = false
    await lookUp(find)
    await find('.thread-pane')
    expect(inside()?.querySelector('.bar[data-kind=looking]')).toBeNull()
  })
})
