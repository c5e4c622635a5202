import { type MoodlePage, readPageText } from '../../lib/moodle/page-text.ts'
import type { Browser } from './browser.ts'

interface Account {
  readonly username: string
  readonly password: string
}

/** As a person does it: the form with its hidden token, then the page that follows. */
export async function logInWith(
  browser: Browser,
  wwwroot: string,
  { username, password }: Account,
): Promise<MoodlePage | undefined> {
  const address = `${wwwroot}/login/index.php`
  const form = await browser.open(address)
  const logintoken = /name="logintoken" value="([^"]*)"/.exec(form.html)?.[1] ?? ''
  const body = new URLSearchParams({ username, password, logintoken })
  await browser.open(address, { method: 'POST', body })
  const { html } = await browser.open(`${wwwroot}/my/`)
  const page = readPageText(html)
  return page?.state === 'ok' && page.userId !== undefined ? page : undefined
}
