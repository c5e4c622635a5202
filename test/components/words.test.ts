import { globSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, it } from 'vitest'
import { locale, plural, t } from '../../lib/extension/text.ts'
import de from '../../public/_locales/de/messages.json'
import en from '../../public/_locales/en/messages.json'
import { speak } from './words.ts'

const sources = globSync(['{components,entrypoints,lib}/**/*.{ts,tsx}', 'wxt.config.ts'])
const code = sources.map((file) => readFileSync(file, 'utf8')).join('\n')
const placeholders = (words: string) => [...new Set(words.match(/\$\d/g))].sort()

const german = Object.entries(de).map(([key, { message }]) => [key, message] as const)

/** Moodle's own words in German; its notifications are Systemnachrichten, so its messages are no Nachrichten. */
const ONE_WORD: [word: string, others: RegExp][] = [
  ['Mitteilung', /\bNachricht|[^e]nachricht/],
  ['Website', /\bSites?\b/],
  ['Lehrende', /Lehrperson|Lehrer|Lehrkraft|Lehrkräfte/],
  ['Teilnehmende', /Studierende|Studenten|Schüler/],
  ['Sicherheitsschlüssel', /Zugangsschlüssel|Token/i],
  ['Abruf', /\bBlicke?\b/],
]

const BOTH = new Set([
  'Aside',
  ':',
  ',',
  'Person',
  'Code',
  'Link',
  'Text',
  'Name',
  'ms',
  'in',
  'Version',
  'Enter',
])

describe('the words', () => {
  beforeEach(() => speak())

  it('are the same keys in both languages', () => {
    expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort())
  })

  it('have the same gaps in both languages', () => {
    const wrong = (Object.keys(en) as (keyof typeof en)[]).filter(
      (key) => placeholders(en[key].message).join() !== placeholders(de[key].message).join(),
    )
    expect(wrong).toEqual([])
  })

  it('are all used', () => {
    const unused = Object.keys(en).filter((key) => {
      const stem = key.replace(/_(?:one|other)$/, '')
      return !code.includes(`'${stem}'`) && !code.includes(`__MSG_${key}__`)
    })
    expect(unused).toEqual([])
  })

  it('come in pairs where they count', () => {
    const stems = Object.keys(en).flatMap((key) => (key.endsWith('_one') ? [key.slice(0, -4)] : []))
    expect(stems.filter((stem) => !(`${stem}_other` in en))).toEqual([])
    expect(stems.length).toBeGreaterThan(5)
  })

  it('have no exclamation marks', () => {
    expect(
      [...Object.values(en), ...Object.values(de)].filter(({ message }) => message.includes('!')),
    ).toEqual([])
  })

  it.each(ONE_WORD)('say %s in German, and no other word for it', (_, others) => {
    expect(german.filter(([, words]) => others.test(words))).toEqual([])
  })

  it('call the reader Sie in German', () => {
    expect(german.filter(([, words]) => /\b(?:du|dich|dir|dein\w*|euch|eure?\w*)\b/i.test(words))).toEqual([])
  })

  it('leave nothing in English that is not German too', () => {
    const same = german.flatMap(([key, words]) =>
      words === en[key as keyof typeof en].message ? [words] : [],
    )
    expect(same.filter((words) => !BOTH.has(words.replace(/\$\d/g, '').trim()))).toEqual([])
  })

  it('fill their gaps and count by the rules of the language', () => {
    expect(t('sendTo', 'Anna Weber')).toBe('Send to Anna Weber')
    expect(plural('unreadMessages', 1)).toBe('1 unread message')
    expect(plural('unreadMessages', 1200)).toBe('1,200 unread messages')
  })

  it('write dates as the person does where the person speaks the language of the words', () => {
    expect(locale()).toBe('en-GB')
  })
})
