/** A person as one account sees them. */
export interface Participant {
  id: number
  fullName: string
  pictureUrl?: string
  isDeleted?: boolean
  /** Unknown until the site was asked. */
  canMessage?: boolean
  requiresContact?: boolean
}

export function initialsOf(fullName: string): string {
  const words = fullName.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => [...(word ?? '')][0] ?? '')
  return letters.join('').toLocaleUpperCase()
}

/** A name stands in lines with other words, which its controls must not turn round. */
export function cleanName(name: string): string {
  return name.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g, '')
}
