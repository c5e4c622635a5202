import { language, t } from '../../lib/extension/text.ts'

/** Gives a page of the extension its language and title. */
export function preparePage(title: string): HTMLElement {
  document.documentElement.lang = language()
  document.title = `${title} · ${t('name')}`
  const root = document.getElementById('app')
  if (!root) throw new Error('The page has no #app')
  return root
}
