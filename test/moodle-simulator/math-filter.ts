const OPEN = '<span class="nolink">'
const CLOSE = '</span>'

/** Moodle's MathJax filter. It reads the HTML as a whole, tags and attributes included. */
export function mathFilter(html: string): string {
  if (!/\\[[(]|\$\$/.test(html)) return html
  const escaped = html.replace(/\{[^}]+\}/g, (braces) =>
    braces.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  )
  const wrapped = wrapFormulas(escaped)
  return wrapped === escaped ? escaped : `<span class="filter_mathjaxloader_equation">${wrapped}${CLOSE}`
}

/** Display formulas hide inline ones; `$$$` begins a display formula and ends it. */
function wrapFormulas(html: string): string {
  let done = ''
  let from = 0
  let inline = -1
  const wrap = (start: number, end: number) => {
    done += html.slice(from, start) + OPEN + html.slice(start, end) + CLOSE
    from = end
  }
  for (let at = 0; at < html.length; at++) {
    const pair = html.slice(at, at + 2)
    if (pair === '$$' || pair === '\\[') {
      const end = html.indexOf(pair === '$$' ? '$$' : '\\]', at + 1)
      if (end < 0) break
      // What was begun before would now hold a span: the filter goes on with it all the same.
      if (inline < 0) wrap(at, end + 2)
      at = end + 1
    } else if (pair === '\\(') inline = at
    else if (pair === '\\)' && inline >= 0) {
      wrap(inline, at + 2)
      inline = -1
      at++
    }
  }
  return done + html.slice(from)
}
