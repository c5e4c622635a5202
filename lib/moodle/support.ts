import type { MoodleError } from './errors.ts'
import { saysUnknownFunction } from './quirks.ts'
import { isSignedOut } from './verdicts.ts'

/** Whether a site offers a function to this person over this transport, as far as that is known. */
export type Supports = boolean | 'unknown'

export interface Support {
  of(name: string): Supports
  release(): string | undefined
  answered(name: string, answer: unknown): void
  refused(error: MoodleError): void
}

interface SiteInfo {
  readonly functions: readonly { readonly name: string }[]
  readonly release?: string | null
}

/** A token's site says what it offers; over a session it is learnt from each answer and each refusal. */
export function createSupport(): Support {
  const learnt = new Map<string, boolean>()
  let listed: ReadonlySet<string> | undefined
  let release: string | undefined
  return {
    of: (name) => learnt.get(name) ?? listed?.has(name) ?? 'unknown',
    release: () => release,
    answered(name, answer) {
      learnt.set(name, true)
      if (name !== 'core_webservice_get_site_info') return
      const info = answer as SiteInfo
      listed = new Set(info.functions.map((one) => one.name))
      release = info.release ?? undefined
    },
    refused(error) {
      if (isNotOffered(error)) learnt.set(error.wsfunction, false)
    },
  }
}

/** Unknown to the site, or not in what this token or a session may call. */
function isNotOffered(error: MoodleError): boolean {
  if (error.kind !== 'moodle' || isSignedOut(error)) return false
  if (error.errorcode === 'invalidrecord') return saysUnknownFunction(error.reason)
  return error.errorcode === 'servicenotavailable' || error.errorcode === 'accessexception'
}
