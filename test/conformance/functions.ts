import { describe, expect, type TestContext, test } from 'vitest'
import { type FunctionName, functions, type Params, type Reach } from '../../lib/moodle/index.ts'
import { raw } from './raw.ts'
import { reads } from './reads.ts'
import { transports } from './site.ts'
import type { Stage } from './stage.ts'
import { ask } from './talk.ts'
import { unasked, writes } from './writes.ts'

declare module 'vitest' {
  interface TaskMeta {
    /** What a test's result says about a function, for the table of `npm run test:live`. */
    agreement?: { wsfunction: string; transport: Reach; reaches: boolean }
  }
}

type GetStage = (transport: Reach) => Stage

const names = Object.keys(functions) as FunctionName[]
const reached = (name: FunctionName, transport: Reach): boolean =>
  transport === 'session' ? functions[name].ajax : functions[name].mobile

/** Each function of the registry, over each transport that reaches it; where none does, Moodle must refuse it. */
export function functionTests(stage: GetStage): void {
  test('every function of the registry is asked, or known not to be', () => {
    const asked = [...Object.keys(reads), ...Object.keys(writes), ...unasked]
    expect(asked.toSorted()).toEqual(names.toSorted())
  })

  describe.each(transports)('over the %s transport', (transport) => {
    for (const name of names.filter((each) => !unasked.includes(each))) {
      const reaches = reached(name, transport)
      const meta = { agreement: { wsfunction: name, transport, reaches } }
      if (reaches) {
        test(`${name} answers as the client expects`, { meta }, (context) =>
          answers(name, stage(transport), context),
        )
      } else test(`${name} is out of reach`, { meta }, () => isRefused(name, stage(transport)))
    }
  })
}

async function answers(name: FunctionName, stage: Stage, context: TestContext): Promise<void> {
  const write = writes[name]
  if (write) return write(stage)
  const question = reads[name] as ((place: Stage['place']) => Params<FunctionName> | string) | undefined
  const params = question?.(stage.place) ?? 'there is no question'
  if (typeof params === 'string') return context.skip(params)
  expect(await ask(stage.as('teacher'), name, params)).toBeDefined()
}

/** Moodle's own flags, told by its refusals. */
async function isRefused(name: FunctionName, { site, people, transport }: Stage): Promise<void> {
  const answer = await raw(site.wwwroot, people.teacher, transport, name, {})
  const errorcode = transport === 'session' ? 'servicenotavailable' : 'accessexception'
  expect(answer).toMatchObject({ refusal: { errorcode } })
}
