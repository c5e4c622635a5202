const NOTHING = '<b></b>'

/**
 * Moodle's MathJax filter looks for formulas in the HTML as a whole. One that was begun and never ended would be
 * ended by the next paragraph, the link's even; and beside any formula, tags between braces are shown as text.
 * An empty element inside of the delimiter hides it from the filter, and from nobody else.
 */
export function withoutLooseFormulas(html: string): string {
  if (/\{[^}]*(<|$)/.test(html)) return html.replace(/\$(?=\$)|\\(?=[[(])/g, `$&${NOTHING}`)
  const loose = looseDelimiter(html)
  if (loose === undefined) return html
  return withoutLooseFormulas(html.slice(0, loose + 1) + NOTHING + html.slice(loose + 1))
}

/** Where the formula begins that does not end, as the filter reads: `$$$` begins and ends one. */
function looseDelimiter(html: string): number | undefined {
  if (!/\$\$|\\[[(]/.test(html)) return undefined
  let inlineAt: number | undefined
  for (let at = 0; at < html.length; at++) {
    const pair = html.slice(at, at + 2)
    if (pair === '\\(') inlineAt = at
    else if (pair === '\\)') inlineAt = undefined
    else if (pair === '$$' || pair === '\\[') {
      const end = html.indexOf(pair === '$$' ? '$$' : '\\]', at + 1)
      if (end < 0) return at
      at = end + 1
    }
  }
  return inlineAt
}
