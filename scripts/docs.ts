import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { listings } from '../lib/moodle/catalogue.ts'
import { pageOf } from './docs/page.ts'

/** `npm run docs`: a reference page for each component, and one that lists them. Not kept in the repository. */
const folder = resolve(import.meta.dirname, '../.output/docs/functions')
const components = Map.groupBy(listings(), ([, { component }]) => component)

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const [component, some] of components) {
  writeFileSync(resolve(folder, `${component}.md`), await pageOf(component, some))
}
const lines = [...components].map(([name, { length }]) => `- [${name}](${name}.md): ${length}`)
writeFileSync(resolve(folder, 'README.md'), `# Moodle’s web services, by component\n\n${lines.join('\n')}\n`)
console.log(`${listings().size} functions of ${components.size} components in ${folder}`)
