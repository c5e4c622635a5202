import { MARK } from './marks.ts'
import { withoutControls } from './words.ts'

/** What stands under first messages in a course, by its id. */
export type Signatures = Record<number, string>

const LONGEST = 500

/** Words and no marks, whoever typed them. */
export function cleanSignature(typed: string): string {
  const lines = typed.split(/\r?\n/).map((line) => withoutControls(line).replaceAll(MARK, '').trimEnd())
  return lines.join('\n').trim().slice(0, LONGEST)
}

/** The text with its signature under it, once. */
export function signed(text: string, signature = ''): string {
  const body = text.trimEnd()
  return signature === '' || body.endsWith(signature) ? text : `${body}\n\n${signature}`
}

export function withSignature(before: Signatures = {}, courseId: number, typed: string): Signatures {
  const { [courseId]: _, ...others } = before
  const signature = cleanSignature(typed)
  return signature === '' ? others : { ...others, [courseId]: signature }
}
