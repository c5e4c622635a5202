/** What spreadsheets take for the beginning of a formula, in East Asian widths too. */
const BEGINS = '=+\\-@＝＋－＠'
/** Not even after a separator of another country, by which the file may be taken apart. */
const FORMULA = new RegExp(`(^|[,;|])([\\s"]*)(?=[${BEGINS}])`, 'g')
/** With it, spreadsheets read names as they are. */
const BYTE_ORDER_MARK = '\ufeff'

function cell(value: string): string {
  const line = value.replace(/[\t\r\n\v\f\u0085\u2028\u2029]+/g, ' ')
  return `"${line.replace(FORMULA, "$1$2'").replaceAll('"', '""')}"`
}

/** A table as spreadsheets open it; whatever people are called, no cell of it is a formula. */
export function csvOf(rows: readonly (readonly string[])[], separator: ',' | ';' = ','): string {
  const lines = rows.map((row) => row.map(cell).join(separator))
  return BYTE_ORDER_MARK + lines.map((line) => `${line}\r\n`).join('')
}
