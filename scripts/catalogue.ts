import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { componentsOf, filesOf } from './catalogue/files.ts'
import { merge } from './catalogue/merge.ts'
import { readRelease } from './catalogue/read.ts'

const [olderFile, newerFile] = process.argv.slice(2)
if (!olderFile || !newerFile) {
  console.error('node scripts/catalogue.ts OLDER.json NEWER.json')
  console.error('Each file describes the functions of one release: {release, functions: {name: …}}.')
  process.exit(2)
}

const folder = resolve(import.meta.dirname, '../lib/moodle/generated')
const [older, newer] = [readRelease(olderFile), readRelease(newerFile)]
const components = componentsOf(merge(older, newer))
const files = filesOf(components, { older: older.name, newer: newer.name })

rmSync(folder, { recursive: true, force: true })
mkdirSync(resolve(folder, 'types'), { recursive: true })
for (const [name, text] of files) writeFileSync(resolve(folder, name), text)
console.log(`${[...components.values()].flat().length} functions of ${components.size} components`)
