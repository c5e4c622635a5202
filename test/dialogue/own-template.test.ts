import { describe, expect, it } from 'vitest'
import {
  cleanShortcut,
  MOST_TEMPLATES,
  type OwnTemplate,
  shortcutAt,
  templatesAsJson,
  templatesFromJson,
  withShortcut,
  withTemplate,
} from '../../lib/dialogue/own-template.ts'

const WELCOME: OwnTemplate = {
  id: 'a',
  name: 'Welcome',
  shortcut: 'welcome',
  subject: 'Welcome to {course}',
  text: 'Dear {firstname},\n\nwelcome.',
}
const WEEK: OwnTemplate = { id: 'b', name: 'First week', shortcut: 'week', text: 'Read chapter one.' }

describe('a shortcut', () => {
  it('is what stands after a slash before the place where one writes', () => {
    expect(shortcutAt('Hello\n/wel and more', 10)).toEqual({ from: 6, typed: 'wel' })
    expect(shortcutAt('/', 1)).toEqual({ from: 0, typed: '' })
  })

  it.each(['and/or', 'https://moodle', '1/2', '/two words', ''])('is none in %j', (text) => {
    expect(shortcutAt(text, text.length)).toBeUndefined()
  })

  it('is made of small letters, digits and hyphens', () => {
    expect(cleanShortcut('  Première semaine! ')).toBe('premiere-semaine')
    expect(cleanShortcut('///')).toBe('')
  })

  it('finds the templates that begin with it', () => {
    expect(withShortcut([WELCOME, WEEK], 'WE').map(({ id }) => id)).toEqual(['a', 'b'])
    expect(withShortcut([WELCOME, WEEK], 'wel').map(({ id }) => id)).toEqual(['a'])
    expect(withShortcut([{ ...WEEK, shortcut: '' }], '')).toEqual([])
  })

  it('belongs to the template that was given it last', () => {
    const templates = withTemplate([WELCOME, WEEK], { ...WEEK, shortcut: 'welcome' })
    expect(templates.map(({ shortcut }) => shortcut)).toEqual(['', 'welcome'])
  })
})

describe('a file of templates', () => {
  it('comes back as it went', () => {
    const { id: _, ...welcome } = WELCOME
    const { id: _id, ...week } = WEEK
    const json = templatesAsJson([WELCOME, WEEK])
    expect(templatesFromJson(json)).toEqual({ templates: [welcome, week], left: 0 })
  })

  it.each(['', 'no JSON', 'null', '[]', '{"templates":[]}', '{"format":"aside-templates","templates":{}}'])(
    'is none: %j',
    (json) => expect(templatesFromJson(json)).toBeUndefined(),
  )

  it('is taken without what is no template in it, and says how many that were', () => {
    const templates = [
      { name: 'One', text: 'Words', shortcut: 7, subject: 'A\nsubject', evil: '<script>' },
      { name: 'No text' },
      { name: '  ', text: 'No name' },
      { name: 'Too long', text: 'x'.repeat(5000) },
      null,
      'text',
    ]
    const json = JSON.stringify({ format: 'aside-templates', version: 1, templates })
    expect(templatesFromJson(json)).toEqual({
      templates: [{ name: 'One', shortcut: 'one', subject: 'A subject', text: 'Words' }],
      left: 5,
    })
  })

  it('brings no more than there may be', () => {
    const templates = Array.from({ length: MOST_TEMPLATES + 3 }, (_, at) => ({ name: `T${at}`, text: 'x' }))
    const read = templatesFromJson(JSON.stringify({ format: 'aside-templates', templates }))
    expect(read?.templates).toHaveLength(MOST_TEMPLATES)
    expect(read?.left).toBe(3)
  })
})
