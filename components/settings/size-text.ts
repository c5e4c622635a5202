import { locale } from '../../lib/extension/text.ts'

/** "3.5 MB" */
export function sizeText(bytes: number): string {
  const format = new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
  })
  return format.format(bytes / 1_000_000)
}
