import { browser } from 'wxt/browser'
import type messages from '../../public/_locales/en/messages.json'

export type TextKey = keyof typeof messages
/** `unread` for the pair `unread_one`, `unread_other`. */
export type PluralKey = { [Key in TextKey]: Key extends `${infer Stem}_other` ? Stem : never }[TextKey]

type Value = string | number

type GetMessage = (name: never, substitutions: string[]) => string

/** What was said once: a screen says the same few words hundreds of times, and the browser takes its time for each. */
const said = new Map<string, string>()
let speaker: GetMessage | undefined

function messageOf(key: string, values: Value[]): string {
  const getMessage: GetMessage = browser.i18n.getMessage
  if (values.length > 0) return getMessage(key as never, values.map(String))
  if (speaker !== getMessage) said.clear()
  speaker = getMessage
  const words = said.get(key) ?? getMessage(key as never, [])
  said.set(key, words)
  return words
}

/** The words for `key` in the browser's language; `$1` and `$2` in them become `values`. */
export function t(key: TextKey, ...values: Value[]): string {
  return messageOf(key, values)
}

let rules: Intl.PluralRules | undefined

/** The words for `count` things; `$1` is the count as people write it. */
export function plural(key: PluralKey, count: number, ...values: Value[]): string {
  rules ??= new Intl.PluralRules(t('language'))
  const form = rules.select(count) === 'one' ? 'one' : 'other'
  return messageOf(`${key}_${form}`, [numberText(count), ...values])
}

/** The language of the words themselves. */
export function language(): string {
  return t('language')
}

/** For dates and numbers among the words: the person's own region where it speaks that language. */
export function locale(): string {
  const own = browser.i18n.getUILanguage()
  return own.split('-')[0] === language() ? own : language()
}

const numbers = new Map<string, Intl.NumberFormat>()

export function numberText(value: number): string {
  const where = locale()
  const format = numbers.get(where) ?? new Intl.NumberFormat(where)
  numbers.set(where, format)
  return format.format(value)
}
