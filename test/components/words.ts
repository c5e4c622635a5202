import { fakeBrowser } from 'wxt/testing/fake-browser'
import de from '../../public/_locales/de/messages.json'
import en from '../../public/_locales/en/messages.json'

type Messages = Record<string, { message: string }>

/** The browser's own i18n, which the fake browser leaves out: messages with `$1` … from `_locales`. */
export function speak(language: 'en' | 'de' = 'en'): void {
  const messages: Messages = language === 'de' ? de : en
  Object.assign(fakeBrowser.i18n, {
    getUILanguage: () => (language === 'de' ? 'de' : 'en-GB'),
    getMessage: (key: string, values: string[] = []) =>
      (messages[key]?.message ?? '').replace(/\$(\d)/g, (_, place) => values[Number(place) - 1] ?? ''),
  })
}
