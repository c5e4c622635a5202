import { fragmentOf } from './address.ts'

/** The address as a link's target, if it is one that a message may link. */
export function webAddress(url: string): string | undefined {
  const address = URL.canParse(url.trim()) ? new URL(url.trim()) : undefined
  if (!address || !/^(https?|mailto):$/.test(address.protocol)) return undefined
  const keys = fragmentOf(address.href)
  if (!keys.has('dialogue')) return address.href
  // Alone at the end of a message, a pasted link with its key would file the message into that dialogue.
  keys.delete('m')
  address.hash = keys.toString()
  return address.href
}

/** An address found in a sentence, without what belongs to the sentence. */
export function withoutTrailingPunctuation(address: string): string {
  const bare = address.replace(/[.,;:!?'*_~\]}”’»…]+$/u, '')
  if (bare.endsWith(')') && !bare.includes('(')) return withoutTrailingPunctuation(bare.slice(0, -1))
  return bare
}
