import { beforeEach, describe, expect, it } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { fieldsIn } from '../../lib/dialogue/template.ts'
import { starterTemplates } from '../../lib/extension/starter-templates.ts'
import {
  addTemplates,
  readTemplates,
  removeTemplate,
  restoreStarters,
  saveTemplate,
} from '../../lib/extension/store-templates.ts'
import { speak } from '../components/words.ts'

let made = 0
const newId = () => `id${++made}`
const names = async () => (await readTemplates()).map(({ name }) => name)

beforeEach(() => {
  fakeBrowser.reset()
  speak()
})

describe('templates in the browser', () => {
  it.each(['en', 'de'] as const)('begin with six that use known fields only, in %s', (language) => {
    speak(language)
    const starters = starterTemplates()
    expect(starters).toHaveLength(6)
    expect(new Set(starters.map(({ shortcut }) => shortcut)).size).toBe(6)
    expect(starters.flatMap(({ text, subject = '' }) => fieldsIn(subject + text).unknown)).toEqual([])
    expect(starters.every(({ text }) => fieldsIn(text).known.includes('firstname'))).toBe(true)
  })

  it('follow the language until one of them is changed', async () => {
    speak('de')
    expect(await names()).toContain('Willkommen')
    const [welcome] = await readTemplates()
    if (!welcome) throw new Error('no starter set')
    await saveTemplate({ ...welcome, text: 'Hallo' })
    speak('en')
    expect(await names()).toContain('Willkommen')
  })

  it('are none where name or text is missing', async () => {
    const before = await readTemplates()
    expect(await saveTemplate({ id: 'x', name: ' ', shortcut: '', text: 'words' })).toEqual(before)
  })

  it('are not put there twice from a file', async () => {
    const one = { name: 'One', shortcut: 'one', text: 'Words' }
    await addTemplates([one, one], newId)
    await addTemplates([one], newId)
    expect((await names()).filter((name) => name === 'One')).toHaveLength(1)
  })

  it("come back as they were at first, beside one's own", async () => {
    await addTemplates([{ name: 'Mine', shortcut: 'mine', text: 'Words' }], newId)
    await removeTemplate('starter-closing')
    const welcome = { id: 'starter-welcome', name: 'Changed', shortcut: 'welcome', text: 'Changed' }
    await saveTemplate(welcome)
    await restoreStarters()
    expect((await names()).toSorted()).toEqual(
      ['Mine', ...starterTemplates().map(({ name }) => name)].toSorted(),
    )
  })
})
