import { browser } from 'wxt/browser'
import type messages from '../../public/_locales/en/messages.json'

export type TextKey = keyof typeof messages
/** `unread` for the pair `unread_one`, `unread_other`. */
export type PluralKey = { [Key in TextKey]: Key extends `${infer Stem}_other` ? Stem : never }[TextKey]

type Value = string | number

function messageOf(key: string, values: Value[]): string {
  const getMessage: (name: never, substitutions: string[]) => string = browser.i18n.getMessage
  return getMessage(key as never, values.map(String))
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

export function numberText(value: number): string {
  return new Intl.NumberFormat(locale()).format(value)
}
