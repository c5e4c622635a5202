import type * as z from 'zod/mini'
import type { FunctionDefinition } from './define.ts'
import { type MoodleError, moodleError } from './errors.ts'
import { withoutNulls } from './quirks.ts'

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function firstIssue({ issues: [issue] }: z.core.$ZodError): Issue {
  if (issue === undefined) return { path: [], message: 'invalid' }
  return { path: issue.path, message: inWords(issue) }
}

/** Without the values: they may be somebody's message. */
function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`
  if (issue.code === 'unrecognized_keys') return `the function has no parameter ${issue.keys.join(', ')}`
  return issue.message
}

const pathOf = (issue: Issue): string => issue.path.map(String).join('.')

/** Parameters as they may be sent, or the error that says what is wrong with them. */
export function checkParams(
  wsfunction: string,
  definition: FunctionDefinition,
  params: object,
): { args: object } | { error: MoodleError } {
  const result = definition.params.safeParse(withoutNulls(params))
  if (result.success) return { args: result.data }
  const issue = firstIssue(result.error)
  return { error: moodleError(wsfunction, { kind: 'params', path: pathOf(issue), reason: issue.message }) }
}

/** The answer as the function promises it. The error names the place and never the value. */
export function checkAnswer(
  wsfunction: string,
  definition: FunctionDefinition,
  data: unknown,
): { value: unknown } | { error: MoodleError } {
  const result = definition.returns.safeParse(data)
  if (result.success) return { value: result.data }
  const path = pathOf(firstIssue(result.error))
  return { error: moodleError(wsfunction, { kind: 'malformed', path, html: false, debugOutput: false }) }
}
