import { writeFileSync } from 'node:fs'
import 'fake-indexeddb/auto'
import { startSimulator } from '../moodle-simulator/index.ts'
import { computerOf } from '../sync/computer.ts'

/**
 * Saves a database of the present version as a fixture, for the migrations of later ones:
 * `node test/store/save-database.ts test/fixtures/database-1.json`. Run it once a version, before the next one begins.
 */
const simulator = await startSimulator({ port: 45800 })
const tara = await computerOf(simulator, 'teacher1')
const about = { url: `${simulator.wwwroot}/mod/assign/view.php?id=3`, name: 'Essay 1', courseId: 2, cmid: 3 }
const to = { id: 5, fullName: 'Student Number1' }
await tara.write(
  tara.draft('The second paragraph needs a source.', { to, subject: 'Essay 1 feedback', about }),
)
await tara.engine.flush(tara.accountId)
simulator.say({ from: 'student2', to: 'teacher1', text: '<p>Is the lab open?</p>' })
await tara.engine.round(tara.accountId)
await tara.engine.catchUp(tara.accountId)
await tara.write(tara.draft('Still on its way.', { conversationKey: 'u6', dialogueId: 'general' }))
await tara.store.drafts.put(
  tara.draft('Half a sentence', { key: 'u6/general', conversationKey: 'u6', dialogueId: 'general' }),
)

const tables = Object.fromEntries(
  await Promise.all(
    tara.store.tables.map(async (table) => {
      const { primKey, indexes } = table.schema
      const schema = [primKey, ...indexes].map(({ src }) => src).join(', ')
      return [table.name, { schema, rows: await table.toArray() }]
    }),
  ),
)
const [file = 'test/fixtures/database-1.json'] = process.argv.slice(2)
writeFileSync(file, `${JSON.stringify({ version: tara.store.verno, tables }, null, 1)}\n`)
await simulator.close()
process.exit(0)
