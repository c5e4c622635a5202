import { inspect } from 'node:util'
import { mayHaveHappened, moodleErrorOf } from '../../lib/moodle/index.ts'
import type { Client } from './clients.ts'
import type { Stage } from './stage.ts'
import type { Scene, TaskName } from './task.ts'

interface Mishap {
  readonly name: string
  readonly task: TaskName
  readonly scene?: Partial<Scene>
  readonly arrange?: (stage: Stage) => void
}

const rest = { path: '/webservice/rest/server.php' }

export const mishaps: readonly Mishap[] = [
  { name: 'wrong password', task: 'signIn', scene: { password: 'Wrong.1234' } },
  { name: 'the token counts no more', task: 'messages', scene: { token: 'f'.repeat(32) } },
  { name: 'not permitted', task: 'messages', scene: { convid: 999_999 } },
  {
    name: 'a page instead of an answer (a hotel’s network)',
    task: 'siteInfo',
    arrange: ({ simulator }) => simulator.faults.add({ kind: 'html', match: rest }),
  },
  {
    name: 'the answer to a send is lost',
    task: 'send',
    arrange: ({ simulator }) => simulator.faults.add({ kind: 'answerLost', match: rest }),
  },
  {
    name: 'PHP notices before the answer',
    task: 'siteInfo',
    arrange: ({ simulator }) => simulator.faults.add({ kind: 'debugText', match: rest }),
  },
]

/** What the caller gets to know: the words, whether a program can tell the case apart, and any secret in it. */
export async function meet(stage: Stage, { tasks }: Client, mishap: Mishap): Promise<string> {
  const task = tasks[mishap.task]
  if (!task) return 'has no such way'
  const scene = { ...stage.scene, ...mishap.scene }
  mishap.arrange?.(stage)
  const outcome = await task(scene).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  stage.simulator.faults.clear()
  if ('value' in outcome) return `resolves with \`${String(outcome.value)}\``
  return `rejects: ${wordsOf(outcome.error, mishap.task === 'send')}${leak(outcome.error, scene)}`
}

function wordsOf(error: unknown, isWrite: boolean): string {
  const known = moodleErrorOf(error)
  if (known) {
    const stored = isWrite && mayHaveHappened(known) ? ', may have been stored' : ''
    const code = known.kind === 'moodle' ? ` \`${known.errorcode}\`` : ''
    return `kind \`${known.kind}\`${code}${stored}`
  }
  if (!(error instanceof Error)) return `no Error: \`${short(String(error))}\``
  return `${error.name}: \`${short(error.message)}\``
}

const short = (text: string): string => {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('|', '/')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'moodle.example')
  return line.length > 70 ? `${line.slice(0, 70)}…` : line
}

/** As a log would show it. */
function leak(error: unknown, { token, password }: Scene): string {
  const logged = inspect(error, { depth: 6 })
  const said = [logged.includes(token) ? 'the token' : '', logged.includes(password) ? 'the password' : '']
  const named = said.filter(Boolean)
  return named.length > 0 ? `; ${named.join(' and ')} in it` : ''
}
