import { withoutDelimiters } from './marks.ts'

/** Nothing that anybody could see. Moodle would store and deliver it all the same. */
export function isBlank(text: string): boolean {
  const unseen = /[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu
  return withoutDelimiters(text).replace(unseen, '') === ''
}
