import { parseArgs } from 'node:util'
import { startSimulator } from './index.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    students: { type: 'string' },
    conversations: { type: 'string' },
    'auto-answer': { type: 'string' },
  },
})

const simulator = await startSimulator({
  port: Number(values.port),
  ...(values.students === undefined ? {} : { students: Number(values.students) }),
  ...(values.conversations === undefined ? {} : { conversations: Number(values.conversations) }),
})
if (values['auto-answer'] !== undefined) {
  simulator.autoAnswer({ afterMs: Number(values['auto-answer']), texts: ['Thank you, I will look at it.'] })
}
console.log(JSON.stringify({ wwwroot: simulator.wwwroot }))

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)))
}
