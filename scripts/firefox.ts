import { existsSync } from 'node:fs'
import { onPath } from './chromium.ts'

const NAMES = ['firefox-esr', 'firefox']
const MAC = '/Applications/Firefox.app/Contents/MacOS/firefox'

/** The path of a Firefox for tests, if there is one; none is installed for them. */
export function findFirefox(): string | undefined {
  const named = process.env.FIREFOX_PATH
  if (named) return named
  return NAMES.map(onPath).find(Boolean) ?? (existsSync(MAC) ? MAC : undefined)
}
