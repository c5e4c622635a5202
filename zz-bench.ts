import { measureRules } from './test/bench/rules.ts'
import { plainTable } from './test/bench/table.ts'
console.log(plainTable(await measureRules(process.argv.includes('--quick')), []))
process.exit(0)
