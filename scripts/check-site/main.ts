#!/usr/bin/env node
import { parseArgs } from 'node:util'
import { siteAddress } from './address.ts'
import { askPassword } from './ask-password.ts'
import { checkSite, type Way } from './check.ts'
import { inWords } from './print.ts'

const HOW = `check-site ADDRESS [--username NAME] [--json]

Says what a Moodle site offers to programs. One way to sign in, or none:
  --username NAME   with the password in MOODLE_PASSWORD, or asked for
  MOODLE_TOKEN      a key, from the environment
  MOODLE_COOKIE     a browser's session cookie ("MoodleSession=…"), from the environment
Nothing secret is taken from the command line, printed or kept.`

const { MOODLE_TOKEN, MOODLE_COOKIE, MOODLE_USERNAME, MOODLE_PASSWORD } = process.env

async function wayOf(named: string | undefined): Promise<Way> {
  const username = named ?? MOODLE_USERNAME
  if (username) {
    const password = MOODLE_PASSWORD ?? (await askPassword(`Password of ${username}: `))
    return { kind: 'password', username, password }
  }
  if (MOODLE_TOKEN) return { kind: 'token', wstoken: MOODLE_TOKEN }
  return MOODLE_COOKIE ? { kind: 'session', cookie: MOODLE_COOKIE } : { kind: 'nobody' }
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { username: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } },
    })
  } catch {
    return undefined
  }
}

const read = readArguments()
const wwwroot = siteAddress(read?.positionals[0] ?? '')
if (!read || read.values.help || !wwwroot) {
  console.error(HOW)
  process.exit(read?.values.help ? 0 : 2)
}
try {
  const report = await checkSite(wwwroot, await wayOf(read.values.username))
  console.log(read.values.json ? JSON.stringify(report, null, 2) : inWords(report))
  process.exitCode = report.trouble ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The check broke off.')
  process.exitCode = 1
}
