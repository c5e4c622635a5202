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
