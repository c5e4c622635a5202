import { isoText } from './times.ts'

const LONGEST = 60

/** "Essay 1 feedback 2026-11-12.html", without what file systems refuse. */
export function fileNameOf(title: string, now: number, end: string): string {
  const safe = title
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST)
  return `${safe || 'dialogue'} ${isoText(now).slice(0, 10)}.${end}`
}

export function saveFile(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
