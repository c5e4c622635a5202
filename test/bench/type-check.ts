import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Figure, figure } from './figures.ts'

const BUDGET_MS = 2_000
const RUNS = 5

const tenCalls = `
import { createMoodleClient, restTransport } from './client/library.js'

const moodle = createMoodleClient(restTransport({ wwwroot: 'https://moodle.example', wstoken: '', fetch }))
const { userid } = await moodle.call('core_webservice_get_site_info', {})
const { conversations } = await moodle.call('core_message_get_conversations', { userid })
const courses = await moodle.call('core_enrol_get_users_courses', { userid })
const courseids = courses.map(({ id }) => id)
const { quizzes } = await moodle.call('mod_quiz_get_quizzes_by_courses', { courseids })
const forums = await moodle.call('mod_forum_get_forums_by_courses', { courseids })
const assigned = await moodle.call('mod_assign_get_assignments', { courseids })
const { events } = await moodle.call('core_calendar_get_action_events_by_timesort', {})
const { entries } = await moodle.call('core_blog_get_entries', {})
const { workshops } = await moodle.call('mod_workshop_get_workshops_by_courses', { courseids })
const { glossaries } = await moodle.call('mod_glossary_get_glossaries_by_courses', { courseids })
export const all = [conversations, quizzes, forums, assigned.courses, events, entries, workshops, glossaries]
`

/**
 * What an editor has to do for somebody who uses the package: a file that calls, less one that does nothing, so that
 * the compiler's own start does not count. The client is there as declarations, as in a package.
 */
export function measureTypeCheck(): Figure[] {
  const folder = mkdtempSync(join(resolve('test'), 'types-'))
  try {
    compile(folder, resolve('lib/moodle/library.ts'), {
      declaration: true,
      emitDeclarationOnly: true,
      rewriteRelativeImportExtensions: true,
      rootDir: resolve('lib/moodle'),
      outDir: join(folder, 'client'),
    })
    const samples = Array.from({ length: RUNS }, () => {
      const empty = checked(folder, 'export {}\n')
      return checked(folder, tenCalls) - empty
    })
    return [figure('type-checking ten calls, beyond an empty file', 'ms', samples, BUDGET_MS)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Milliseconds that the compiler takes for one file; throws where the types are wrong. */
function checked(folder: string, text: string): number {
  const file = join(folder, 'one.ts')
  writeFileSync(file, text)
  return compile(folder, file, { noEmit: true, skipLibCheck: true })
}

function compile(folder: string, file: string, more: object): number {
  const compilerOptions = {
    target: 'esnext',
    module: 'preserve',
    lib: ['esnext', 'dom', 'dom.iterable'],
    strict: true,
    types: [],
    ...more,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
  const began = performance.now()
  execFileSync(resolve('node_modules/.bin/tsc'), ['-p', folder], { stdio: ['ignore', 'inherit', 'inherit'] })
  return performance.now() - began
}
