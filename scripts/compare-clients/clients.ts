import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { tasksOf as ofMoodleClient } from './moodle-client.ts'
import { tasksOf as ofMoodleTs } from './moodle-ts.ts'
import { tasksOf as ofMoodleWebservice } from './moodle-webservice.ts'
import { ours } from './ours.ts'
import type { Tasks } from './task.ts'

export interface Client {
  readonly name: string
  readonly tasks: Tasks
}

/** `moodle-webservice` needs `debug` and does not say so. */
const PEERS = ['moodle-client', 'moodle-webservice', 'debug', 'moodle-ts']

/** The others are old and heavy, so they live in a temporary folder and never among what this project needs. */
export async function installClients(): Promise<Client[]> {
  const folder = mkdtempSync(join(tmpdir(), 'aside-peers-'))
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', ...PEERS]
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const require = createRequire(join(folder, 'here.js'))
  const at = (name: string) => join(folder, 'node_modules', name)
  const named = (name: string, tasks: Tasks): Client => {
    const { version } = JSON.parse(readFileSync(join(at(name), 'package.json'), 'utf8'))
    return { name: `${name} ${version}`, tasks }
  }
  const moodleTs = await import(pathToFileURL(join(at('moodle-ts'), 'dist/index.js')).href)
  return [
    { name: 'aside-client', tasks: ours },
    named('moodle-client', ofMoodleClient(require('moodle-client'))),
    named('moodle-webservice', ofMoodleWebservice(require('moodle-webservice'))),
    named('moodle-ts', ofMoodleTs(moodleTs)),
  ]
}
